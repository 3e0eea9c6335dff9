import TinyQueue from 'tinyqueue'

/** Where a message stands. Replaced as a whole when it moves: heaps then know what is out of date. */
interface Place {
  id: string
  /** By arrival; what comes back is received before what arrived later. */
  order: number
  /** Milliseconds since the epoch. */
  visibleAt: number
  /** Milliseconds since the epoch; undefined unless it is in flight, or was until its timeout. */
  receivedAt?: number
  isVisible: boolean
}

/** Places out of date that a heap may hold beyond as many as are valid. */
const STALE_PLACES = 64

const byOrder = (one: Place, other: Place): number => one.order - other.order
const byTime = (one: Place, other: Place): number => one.visibleAt - other.visibleAt

/**
 * Which messages of a queue can be received, in order, and when the others can. Two heaps, so that a receive looks at
 * what it takes and at nothing else, however many messages there are. Times are milliseconds since the epoch.
 */
export class Visibility {
  private readonly places = new Map<string, Place>()
  private visible = new TinyQueue<Place>([], byOrder)
  private hidden = new TinyQueue<Place>([], byTime)
  private visibleCount = 0
  private inFlightCount = 0
  private arrived = 0

  /** A message that arrives, behind all others. */
  add(id: string, visibleAt: number): void {
    this.put({ id, order: (this.arrived += 1), visibleAt, isVisible: false })
  }

  /** Hides a message that was handed out. */
  receive(id: string, receivedAt: number, visibleAt: number): void {
    const place = this.forget(id)
    if (place) this.put({ id, order: place.order, visibleAt, receivedAt, isVisible: false })
  }

  /** Hides a message in flight for longer, or shorter. */
  change(id: string, visibleAt: number): void {
    const place = this.forget(id)
    if (place) this.put({ ...place, visibleAt, isVisible: false })
  }

  delete(id: string): void {
    this.forget(id)
  }

  clear(): void {
    this.places.clear()
    this.visible = new TinyQueue<Place>([], byOrder)
    this.hidden = new TinyQueue<Place>([], byTime)
    this.visibleCount = 0
    this.inFlightCount = 0
  }

  /** When a message was received, while it is in flight. */
  receivedAt(id: string, now: number): number | undefined {
    this.reveal(now)
    const place = this.places.get(id)
    return place?.isVisible ? undefined : place?.receivedAt
  }

  /** The messages that can be received, oldest first; each may be deleted or hidden before the next is asked for. */
  *inOrder(now: number): Generator<string> {
    const passed: Place[] = []
    try {
      for (;;) {
        this.reveal(now)
        this.dropStale(this.visible)
        const place = this.visible.pop()
        if (!place) return
        passed.push(place)
        yield place.id
      }
    } finally {
      for (const place of passed) if (!this.isStale(place)) this.visible.push(place)
    }
  }

  /** When the next hidden message can be received; Infinity when none is hidden. */
  nextAt(now: number): number {
    this.reveal(now)
    return this.hidden.peek()?.visibleAt ?? Infinity
  }

  count(now: number): { visible: number; delayed: number; inFlight: number } {
    this.reveal(now)
    const delayed = this.places.size - this.visibleCount - this.inFlightCount
    return { visible: this.visibleCount, delayed, inFlight: this.inFlightCount }
  }

  private put(place: Place): void {
    this.places.set(place.id, place)
    this.hidden.push(place)
    if (place.receivedAt !== undefined) this.inFlightCount += 1
  }

  private forget(id: string): Place | undefined {
    const place = this.places.get(id)
    if (!place) return undefined
    this.places.delete(id)
    if (place.isVisible) this.visibleCount -= 1
    else if (place.receivedAt !== undefined) this.inFlightCount -= 1
    this.shrink()
    return place
  }

  /** Makes visible what is due. */
  private reveal(now: number): void {
    for (;;) {
      this.dropStale(this.hidden)
      const place = this.hidden.peek()
      if (!place || place.visibleAt > now) return
      this.hidden.pop()
      if (place.receivedAt !== undefined) this.inFlightCount -= 1
      place.isVisible = true
      this.visibleCount += 1
      this.visible.push(place)
    }
  }

  private isStale(place: Place): boolean {
    return this.places.get(place.id) !== place
  }

  private dropStale(heap: TinyQueue<Place>): void {
    for (let place = heap.peek(); place && this.isStale(place); place = heap.peek()) heap.pop()
  }

  /** What was deleted long before its time would stay in its heap until then. */
  private shrink(): void {
    const hiddenCount = this.places.size - this.visibleCount
    if (this.hidden.length > 2 * hiddenCount + STALE_PLACES) this.hidden = this.valid(this.hidden, byTime)
    if (this.visible.length > 2 * this.visibleCount + STALE_PLACES) this.visible = this.valid(this.visible, byOrder)
  }

  private valid(heap: TinyQueue<Place>, compare: (one: Place, other: Place) => number): TinyQueue<Place> {
    return new TinyQueue(heap.data.filter((place) => !this.isStale(place)), compare)
  }
}

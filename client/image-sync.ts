import { createCatchUps } from './catch-ups.ts'
import { imageCursor } from './image-cursor.ts'
import type { ImageSource, VersionedImage } from './image-source.ts'
import { knownImages } from './known-images.ts'
import { backOff, createPauses } from './pauses.ts'

/** Before everything. */
const EVER = '1970-01-01T00:00:00.000Z'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long `imageChanges` tells of a deleted image, in milliseconds. A test holds it to `TOMBSTONE_DAYS`. */
export const DELETED_ARE_TOLD_FOR_MS = 30 * DAY_MS

/** See `SyncOptions.catchUpEveryMs`. */
const CATCH_UP_EVERY_MS = 5 * 60 * 1_000

/** How long the first catch-up waits for the subscriptions at most, in milliseconds: AppSync acknowledges within 15 s. */
const STANDS_WITHIN_MS = 15_000

/**
 * When to catch up once more after the subscriptions stand, in milliseconds: what was written right before, and pushed
 * to nobody, may not be in the index behind `imageChanges` when that is asked at once.
 */
const SETTLED_AFTER_MS = 5_000

/** How far the images have been told, as JSON that may be kept and gone on from. */
export interface SyncState {
  /** From where the next catch-up asks, ISO 8601, by the API's clock. */
  since: string
  /** When all was told last, ISO 8601, by this machine's clock. Left out: never. */
  caughtUpAt?: string
  /** What changed since then and was told: it is not told again. Left out: nothing. */
  seen?: VersionedImage[]
}

export interface SyncOptions<I extends VersionedImage> {
  /**
   * Is told every image that is new, has changed or was deleted (`status: 'DELETED'`): one after the other, no version
   * twice, and after a version only higher ones. Versions in between may be left out. When it throws, `onError` is told
   * why, and the image is told again.
   */
  onChange(image: I): void | Promise<void>
  /** Is told why something did not work and will be tried again; and of `StateTooOld`, which ends it. */
  onError?(error: unknown): void
  /** Where to begin: the `state()` of another time, or a moment. @default all there is */
  from?: SyncState
  /**
   * How often to catch up though nothing was interrupted, in milliseconds: PENDING and PROCESSING are not pushed, and
   * AppSync does not promise that every event arrives. Infinity: never. @default 5 minutes
   */
  catchUpEveryMs?: number
  /** @param failures in a row, from 1 up. @returns milliseconds until the next attempt. @default see `backOff` */
  pauseAfter?(failures: number): number
}

/** Images that are being followed. */
export interface ImageSync {
  /** Resolves once all that changed until now has been told, or when it was stopped. At first it waits to be connected. */
  catchUp(): Promise<void>
  /** How far it has come: all that `onChange` is done with. */
  state(): SyncState
  stop(): void
}

/** What was kept is older than deletions are told of: drop all copies and begin without `from`. */
export class StateTooOld extends Error {
  override readonly name = 'StateTooOld'
}

/**
 * Tells every change of the caller's images, whatever is lost on the way: subscribes, waits until that stands, asks what
 * changed before, and drops copies that are not newer than the one that was told. Cut off, it does so again.
 */
export function syncImages<I extends VersionedImage>(source: ImageSource<I>, options: SyncOptions<I>): ImageSync {
  const { onChange, onError = () => {}, from = { since: EVER }, pauseAfter = backOff } = options
  const { catchUpEveryMs = CATCH_UP_EVERY_MS } = options
  const known = knownImages(from.seen ?? [])
  const cursor = imageCursor(from.since)
  const pauses = createPauses()
  const catchUps = createCatchUps(readChanges, { pauses, pauseAfter, onError: failed })
  let { caughtUpAt } = from
  let hasStood = false
  let isStopped = false
  let unsubscribe = () => {}
  let telling: Promise<void> = Promise.resolve()

  /** One after the other, so that of two copies at the same time the newer is not followed by the older. */
  function tell(image: I): Promise<void> {
    const told = telling.then(async () => {
      if (isStopped || !known.isNews(image)) return
      await onChange(image)
      known.add(image)
    })
    telling = told.catch(() => {})
    return told
  }

  async function readChanges(): Promise<void> {
    const begunEpochMs = Date.now()
    if (caughtUpAt !== undefined && begunEpochMs - Date.parse(caughtUpAt) > DELETED_ARE_TOLD_FOR_MS) {
      throw new StateTooOld(`Expected a state that caught up within the last 30 days, got one of ${caughtUpAt}.`)
    }
    const { since } = cursor
    let nextToken: string | null = null
    do {
      const page = await source.changes(since, nextToken)
      for (const image of page.items) await tell(image)
      if (isStopped) return
      cursor.moveTo(page.items.at(-1)?.updatedAt, Date.now() - begunEpochMs)
      nextToken = page.nextToken ?? null
    } while (nextToken !== null)
    caughtUpAt = new Date(begunEpochMs).toISOString()
  }

  function failed(error: unknown): void {
    if (isStopped) return
    if (error instanceof StateTooOld) stop()
    onError(error)
  }

  /** Subscribes again whenever that ends, until it is stopped. */
  async function stayConnected(): Promise<void> {
    for (let failures = 0; !isStopped;) {
      const cutOff = new Promise((resolve) => {
        unsubscribe = source.subscribe({
          stands() {
            failures = 0
            hasStood = true
            pauses.wake()
            catchUps.begin()
            void catchUps.ask().then(() => pauses.pause(SETTLED_AFTER_MS)).then(catchUps.ask)
          },
          image(image) {
            if (!image) return void catchUps.ask()
            tell(image).catch((error: unknown) => {
              failed(error)
              void catchUps.ask()
            })
          },
          failed: resolve,
        })
      })
      const error = await cutOff.catch((thrown: unknown) => thrown)
      unsubscribe()
      failed(error)
      failures += 1
      await pauses.pause(pauseAfter(failures))
    }
  }

  function stop(): void {
    isStopped = true
    clearInterval(timer)
    unsubscribe()
    catchUps.stop()
    pauses.stop()
  }

  const timer = Number.isFinite(catchUpEveryMs) ? setInterval(() => void catchUps.ask(), catchUpEveryMs) : undefined
  void stayConnected()
  void pauses.pause(STANDS_WITHIN_MS).then(() => {
    if (hasStood) return
    catchUps.begin()
    void catchUps.ask()
  })
  return {
    catchUp: catchUps.ask,
    state: () => ({ since: cursor.since, ...(caughtUpAt && { caughtUpAt }), seen: known.changedSince(cursor.since) }),
    stop,
  }
}

import { describe, expect, it } from 'vitest'
import { Visibility } from '../../../local/sqs/visibility.ts'
import { createRandom } from '../../fuzz/random.ts'

const SEEDS = [1, 2]
const STEPS = 1_000
const LONGEST_MS = 50

interface Known {
  id: string
  order: number
  visibleAt: number
  receivedAt?: number
}

/** The same, by looking at every message every time. */
class Plain {
  known: Known[] = []

  inOrder(now: number): string[] {
    return this.known
      .filter(({ visibleAt }) => visibleAt <= now)
      .sort((one, other) => one.order - other.order)
      .map(({ id }) => id)
  }

  count(now: number) {
    const hidden = this.known.filter(({ visibleAt }) => visibleAt > now)
    const inFlight = hidden.filter(({ receivedAt }) => receivedAt !== undefined).length
    return { visible: this.known.length - hidden.length, delayed: hidden.length - inFlight, inFlight }
  }

  nextAt(now: number): number {
    return Math.min(...this.known.map(({ visibleAt }) => visibleAt).filter((visibleAt) => visibleAt > now))
  }
}

describe.each(SEEDS)('whatever happens to messages (seed %i)', (seed) => {
  it('what is visible, when the next one is, and how many there are is as looking at each tells', () => {
    const random = createRandom(seed)
    const visibility = new Visibility()
    const plain = new Plain()
    let now = 0
    for (let step = 0; step < STEPS; step += 1) {
      now += random.below(4)
      const [first] = plain.inOrder(now)
      const some = plain.known.length > 0 ? random.pick(plain.known) : undefined
      const until = now + random.below(LONGEST_MS)
      const received = plain.known.find(({ id }) => id === first)
      const happening = random.pick(['add', 'add', 'receive', 'receive', 'delete', 'change'])
      if (happening === 'add') {
        visibility.add(`m${step}`, until)
        plain.known.push({ id: `m${step}`, order: step, visibleAt: until })
      } else if (happening === 'receive' && received) {
        visibility.receive(received.id, now, until)
        Object.assign(received, { receivedAt: now, visibleAt: until })
      } else if (happening === 'delete' && some) {
        visibility.delete(some.id)
        plain.known = plain.known.filter((known) => known !== some)
      } else if (some && some.visibleAt > now) {
        expect(visibility.receivedAt(some.id, now)).toBe(some.receivedAt)
        visibility.change(some.id, until)
        some.visibleAt = until
      }
      // What is visible again is not in flight any more, however it is hidden next.
      for (const known of plain.known) if (known.visibleAt <= now) delete known.receivedAt
      expect(visibility.count(now)).toEqual(plain.count(now))
      expect(visibility.nextAt(now)).toBe(plain.nextAt(now))
      if (step % 10 === 0) expect([...visibility.inOrder(now)]).toEqual(plain.inOrder(now))
    }
  })
})

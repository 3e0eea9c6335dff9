/** Random numbers that a seed brings back. */
export interface Random {
  /** 0 up to 1. */
  next(): number
  /** An integer from `low` up to and without `high`; `low` when there is none between. */
  below(high: number, low?: number): number
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean
  /** One of the list. @throws RangeError for an empty one */
  pick<T>(list: readonly T[]): T
}

/** The generator's increment and its two mixing shifts. Source: Tommy Ettinger's mulberry32. */
const INCREMENT = 0x6d2b79f5
const UINT32 = 0x1_0000_0000

/** Spreads seeds that follow each other. Source: Knuth's multiplicative hash, 2^32 divided by the golden ratio. */
const GOLDEN = 0x9e3779b1

/**
 * A sequence of its own for every `stream` of a `seed`, so that one case can be had without those before it.
 * @param seed,stream integers; the same two give the same sequence
 */
export function createRandom(seed: number, stream = 0): Random {
  let state = (Math.imul(seed, GOLDEN) ^ Math.imul(stream + 1, INCREMENT)) >>> 0
  const next = (): number => {
    state = (state + INCREMENT) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32
  }
  const below = (high: number, low = 0): number => Math.max(low, low + Math.floor(next() * (high - low)))
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('expected something to pick from, got an empty list')
      return list[below(list.length)] as (typeof list)[number]
    },
  }
}

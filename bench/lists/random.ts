/** Increment and multipliers of splitmix32. Source: Steele et al., "Fast splittable pseudorandom number generators". */
const STEP = 0x9e3779b9
const MIX_1 = 0x21f0aaad
const MIX_2 = 0x735a2d97
const UINT32 = 2 ** 32

/** The same numbers for the same seed, in every run: 0 up to, and less than, 1. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + STEP) | 0
    let mixed = Math.imul(state ^ (state >>> 16), MIX_1)
    mixed = Math.imul(mixed ^ (mixed >>> 15), MIX_2)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / UINT32
  }
}

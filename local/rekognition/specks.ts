import type { Raster } from './raster.ts'

/** A light this much lighter than black is one: lamps, windows, stars. */
const LIGHT_LIGHTNESS = 0.6
/** Largest speck, in pixels of the coarse raster: a lamp, not a lit wall. */
const MAX_SPECK_PX = 24

/** Counts small separate lights (8-connected); a large one counts none. */
export function countSpecks({ width, height, lightness }: Raster): number {
  const seen = new Uint8Array(lightness.length)
  let specks = 0
  for (let start = 0; start < lightness.length; start++) {
    if (seen[start] === 1 || lightness[start]! < LIGHT_LIGHTNESS) continue
    let pixels = 0
    const open = [start]
    seen[start] = 1
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      pixels++
      const [x, y] = [at % width, Math.floor(at / width)]
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const near = ny * width + nx
          if (seen[near] === 1 || lightness[near]! < LIGHT_LIGHTNESS) continue
          seen[near] = 1
          open.push(near)
        }
      }
    }
    if (pixels <= MAX_SPECK_PX) specks++
  }
  return specks
}

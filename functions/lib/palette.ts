import { colorClusters, hexOf, type Rgb } from './color-clusters.ts'
import { colorDistance } from './color-distance.ts'
import type { Raster } from './raster.ts'

/** Colours of a palette at most. */
export const MAX_PALETTE_COLORS = 6

/**
 * Least distance between two colours of a palette, in OKLab: some five times what the eye can just tell apart side by
 * side (0.02), so that they differ at a glance.
 */
export const MIN_PALETTE_DISTANCE = 0.1

/** Colours that cover less are details, 0-1. The first colour is exempt: every picture has one. */
const MIN_SHARE = 0.01

/**
 * The colours of a picture, `#rrggbb`, 1 to `MAX_PALETTE_COLORS`, most covered first; the first is its dominant colour.
 * What looks like a colour before it is left out. The same pixels give the same palette, in whatever order they lie.
 * @param raster small, e.g. 160 px: every pixel is visited; of an animation the first frame counts, see-through pixels
 * don't
 */
export function palette(raster: Raster): string[] {
  const colors: Rgb[] = []
  for (const { color, share } of colorClusters(raster)) {
    if (colors.length > 0 && share < MIN_SHARE) break
    if (colors.every((other) => colorDistance(color, other) >= MIN_PALETTE_DISTANCE)) colors.push(color)
    if (colors.length === MAX_PALETTE_COLORS) break
  }
  return colors.map(hexOf)
}

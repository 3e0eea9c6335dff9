import type { Raster } from './raster.ts'

/** Alpha of a pixel that lets nothing through. */
const OPAQUE = 255

/**
 * Whether any pixel, of any frame, lets something through; a picture with an alpha channel that is opaque throughout
 * has none.
 * @param raster the smallest will do: resizing leaves an opaque picture opaque to the last pixel, and one transparent
 * pixel of a 6-megapixel picture still shows in its 160 px (alpha 253). It costs 0.04 ms there, and some 5 at 1920 px.
 */
export function hasAlpha({ data, channels }: Raster): boolean {
  if (channels === 3) return false
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== OPAQUE) return true
  return false
}

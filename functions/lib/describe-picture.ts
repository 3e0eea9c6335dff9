import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import { hasAlpha } from './has-alpha.ts'
import { palette } from './palette.ts'
import { perceptualHash } from './perceptual-hash.ts'
import { makeThumbhash } from './placeholder.ts'
import type { Raster } from './raster.ts'

type Description = Pick<
  RecordImageProcessedInput, 'thumbhash' | 'dominantColor' | 'palette' | 'perceptualHash' | 'hasAlpha'
>

/** All that is read from the pixels of a small picture. */
export function describePicture(raster: Raster): Description {
  const colors = palette(raster)
  return {
    thumbhash: makeThumbhash(raster),
    dominantColor: colors[0]!,
    palette: colors,
    perceptualHash: perceptualHash(raster),
    hasAlpha: hasAlpha(raster),
  }
}

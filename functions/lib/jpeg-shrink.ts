import type { Size } from './raster.ts'

/** What a JPEG decoder can shrink by on its way. Source: libjpeg, DCT scaling by 1/2, 1/4 and 1/8. */
const SHRINKS = [8, 4, 2] as const

/** How much a JPEG decoder shrinks each side by. */
export type JpegShrink = 1 | (typeof SHRINKS)[number]

/**
 * The most that a JPEG may shrink by while it is decoded: to no less than is wanted, and to whole pixels, for libjpeg
 * rounds an odd side's half up, which moves the picture by up to half a pixel.
 */
export function jpegShrink(original: Size, wanted: Size): JpegShrink {
  const factor = factorOf(original, wanted)
  const fits = (shrink: number) =>
    shrink <= factor && original.width % shrink === 0 && original.height % shrink === 0
  return SHRINKS.find(fits) ?? 1
}

/**
 * What sharp makes of it by itself: never the whole part of the factor, so that of a photograph of 3,840 to 5,759 px all
 * pixels are decoded to make 1,920. Source: sharp 0.35, src/pipeline.cc.
 */
export function sharpsOwnShrink(original: Size, wanted: Size): JpegShrink {
  const factor = factorOf(original, wanted)
  const most = SHRINKS.find((shrink) => shrink <= factor) ?? 1
  return Math.floor(factor) === most && most > 1 ? ((most / 2) as JpegShrink) : most
}

function factorOf(original: Size, wanted: Size): number {
  return Math.min(original.width / wanted.width, original.height / wanted.height)
}

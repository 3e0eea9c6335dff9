import type { Size } from './raster.ts'

/** Long edges of the variants in pixels, largest first: full screen, page, card, thumbnail. */
export const VARIANT_LONG_EDGES = [1_920, 1_080, 480, 160] as const

/** Sides that DetectLabels takes, in pixels. Source: Rekognition developer guide, "Guidelines and quotas". */
const MIN_REKOGNITION_SIDE_PX = 80
const MAX_REKOGNITION_SIDE_PX = 10_000

/** Pixels of the picture that is labelled: more cost time on the way and tell Rekognition no more. */
const LABEL_PIXELS = 1_000_000

/**
 * Sizes of the variants, largest first, each with the ratio of the original. None is larger than the original:
 * the largest of a small original has the original's own size.
 */
export function variantSizes(original: Size): [Size, ...Size[]] {
  const longEdge = longEdgeOf(original)
  const largest = Math.min(longEdge, VARIANT_LONG_EDGES[0])
  const smaller = VARIANT_LONG_EDGES.filter((edge) => edge < largest)
  return [withLongEdge(original, largest), ...smaller.map((edge) => withLongEdge(original, edge))]
}

/**
 * Size of the picture that is labelled: about a megapixel and no larger than the largest variant, unless its short side
 * would get too short for Rekognition; undefined when that can't be helped.
 */
export function labelSize(original: Size): Size | undefined {
  const longEdge = longEdgeOf(original)
  const ratio = longEdge / Math.min(original.width, original.height)
  const least = Math.ceil(MIN_REKOGNITION_SIDE_PX * ratio)
  if (least > Math.min(longEdge, MAX_REKOGNITION_SIDE_PX)) return undefined
  const wanted = Math.min(longEdge, VARIANT_LONG_EDGES[0], Math.round(Math.sqrt(LABEL_PIXELS * ratio)))
  return withLongEdge(original, Math.max(least, wanted))
}

/** The size that the original is decoded to: the larger of the largest variant and the picture that is labelled. */
export function decodeSize(original: Size): Size {
  const [largest] = variantSizes(original)
  const labelled = labelSize(original)
  return labelled && longEdgeOf(labelled) > longEdgeOf(largest) ? labelled : largest
}

export function longEdgeOf({ width, height }: Size): number {
  return Math.max(width, height)
}

/** The original's ratio at another long edge; no side falls below one pixel. */
export function withLongEdge(original: Size, longEdge: number): Size {
  const scale = longEdge / longEdgeOf(original)
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: side(original.width), height: side(original.height) }
}

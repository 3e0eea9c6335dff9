import type { Size } from './raster.ts'

/** Sides that DetectLabels takes, in pixels. Source: Rekognition developer guide, "Guidelines and quotas". */
const MIN_REKOGNITION_SIDE_PX = 80
const MAX_REKOGNITION_SIDE_PX = 10_000

/**
 * Long edge of the picture that is labelled: as large as a variant, so that one file does for both. More costs time on
 * the way and tells Rekognition no more.
 */
const LABEL_LONG_EDGE_PX = 1_080

/** Long edge of what colours, hash and placeholder are read from. */
const DESCRIBED_LONG_EDGE_PX = 160

/**
 * Sizes of the variants of one format, largest first, each with the ratio of the original. None is larger than the
 * original: the largest of a small original has the original's own size.
 * @param longEdges in pixels, largest first
 */
export function variantSizes(original: Size, longEdges: readonly [number, ...number[]]): [Size, ...Size[]] {
  const largest = Math.min(longEdgeOf(original), longEdges[0])
  const smaller = longEdges.filter((edge) => edge < largest)
  return [withLongEdge(original, largest), ...smaller.map((edge) => withLongEdge(original, edge))]
}

/**
 * Size of the picture that is labelled, no larger than the original. Undefined when its short side would be too short
 * for Rekognition, whatever is done.
 */
export function labelSize(original: Size): Size | undefined {
  const longEdge = longEdgeOf(original)
  const ratio = longEdge / Math.min(original.width, original.height)
  const least = Math.ceil(MIN_REKOGNITION_SIDE_PX * ratio)
  if (least > Math.min(longEdge, MAX_REKOGNITION_SIDE_PX)) return undefined
  return withLongEdge(original, Math.max(least, Math.min(longEdge, LABEL_LONG_EDGE_PX)))
}

/** Size of what colours, hash and placeholder are read from. */
export function describedSize(original: Size): Size {
  return withLongEdge(original, Math.min(longEdgeOf(original), DESCRIBED_LONG_EDGE_PX))
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

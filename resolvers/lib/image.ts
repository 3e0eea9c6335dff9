import type { Failure, Image, ImageStatus, Label, LabelsStatus, VariantInput } from '../../generated/graphql.ts'

/** An IMAGE item as the table holds it: what `Image` shows, less what can be worked out, plus its keys. */
export interface ImageItem {
  id: string
  facet: string
  facetKey: string
  owner: string
  status: ImageStatus
  version: number
  fileName: string
  title?: string | null
  contentType: string
  byteSize: number
  sha256?: string | null
  mediaKey: string
  width?: number
  height?: number
  variants?: VariantInput[]
  thumbhash?: string
  dominantColor?: string
  labels?: Label[]
  labelsStatus: LabelsStatus
  failure?: Failure
  createdAt: string
  updatedAt: string
  processedAt?: string
}

/**
 * The item as the API shows it.
 * @param mediaBaseUrl where `processed/` is served, without a slash at its end
 */
export function toImage(item: ImageItem, mediaBaseUrl: string): Image {
  const { facet, facetKey, ...image } = item
  const folder = `${mediaBaseUrl}/processed/${item.mediaKey}`
  const variants = (item.variants ?? []).map((variant) => {
    const longEdge = Math.max(variant.width, variant.height)
    return { ...variant, url: `${folder}/${longEdge}.${variant.format}` }
  })
  return { ...image, variants, labels: item.labels ?? [] }
}

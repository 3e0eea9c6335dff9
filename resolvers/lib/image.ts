import type {
  Failure, Image, ImageStatus, Label, LabelsStatus, VariantInput, Visibility,
} from '../../generated/graphql.ts'

/** An IMAGE item as the table holds it: what `Image` shows, less what can be worked out, plus its keys. */
export interface ImageItem {
  id: string
  facet: string
  facetKey: string
  owner: string
  status: ImageStatus
  version: number
  /** Left out: PRIVATE. */
  visibility?: Visibility
  /** Partition key of `byPublic`; there as long as the image is PUBLIC. */
  publicKey?: string
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
  const { facet, facetKey, publicKey, ...image } = item
  const folder = `${mediaBaseUrl}/processed/${item.mediaKey}`
  const variants = (item.variants ?? []).map((variant) => {
    const longEdge = Math.max(variant.width, variant.height)
    return { ...variant, url: `${folder}/${longEdge}.${variant.format}` }
  })
  return { ...image, visibility: item.visibility ?? 'PRIVATE', variants, labels: item.labels ?? [] }
}

/** The item as the API shows it to everybody but its owner. Only for items that are PUBLIC. */
export function toPublicImage(item: ImageItem, mediaBaseUrl: string): Image {
  return { ...toImage(item, mediaBaseUrl), fileName: null, sha256: null, failure: null }
}

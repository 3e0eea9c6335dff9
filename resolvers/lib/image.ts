import type {
  Camera, Failure, Image, ImageStatus, Label, LabelsStatus, ModerationLabel, ModerationStatus, VariantInput, Visibility,
} from '../../generated/graphql.ts'
import { srcsetsOf, withUrls } from './variants.ts'

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
  /** Left out: of a tombstone. */
  fileName?: string
  title?: string | null
  altText?: string | null
  category?: string | null
  tags?: string[] | null
  contentType: string
  byteSize: number
  sha256?: string | null
  mediaKey: string
  /** Who develops the image, or did. */
  claimedBy?: string | null
  width?: number
  height?: number
  variants?: VariantInput[]
  thumbhash?: string
  dominantColor?: string
  palette?: string[]
  perceptualHash?: string | null
  isAnimated?: boolean
  hasAlpha?: boolean
  camera?: Camera | null
  labels?: Label[]
  labelsStatus: LabelsStatus
  /** Left out: NOT_ASKED. */
  moderationStatus?: ModerationStatus
  moderationLabels?: ModerationLabel[]
  failure?: Failure
  /** Deleted, and its facets have not been taken away yet. */
  keepsFacets?: boolean | null
  /** When DynamoDB may drop a tombstone, in seconds since 1970. */
  expiresAtEpochSeconds?: number
  /** Left out: 0. */
  views?: number
  lastViewedAt?: string
  createdAt: string
  updatedAt: string
  processedAt?: string
}

/** Whether the file may still come, or is being developed. */
export function isUnfinished({ status }: ImageItem): boolean {
  return status === 'PENDING' || status === 'PROCESSING'
}

/** Whether nobody is to be given the variants, not even the owner. */
export function isHeld({ moderationStatus }: ImageItem): boolean {
  return moderationStatus === 'PENDING' || moderationStatus === 'HELD' || moderationStatus === 'UNAVAILABLE'
}

/** Whether an operator is to decide if the image may be shown: nothing else will. */
export function awaitsOperator({ moderationStatus }: ImageItem): boolean {
  return moderationStatus === 'HELD' || moderationStatus === 'UNAVAILABLE'
}

/**
 * The item as the API shows it.
 * @param mediaBaseUrl where `processed/` is served, without a slash at its end
 */
export function toImage(item: ImageItem, mediaBaseUrl: string): Image {
  return withVariants(item, isHeld(item) ? [] : item.variants ?? [], mediaBaseUrl)
}

/** The item as the API shows it to an operator, who has to look at what is held back: with its variants. */
export function toHeldImage(item: ImageItem, mediaBaseUrl: string): Image {
  return withVariants(item, item.variants ?? [], mediaBaseUrl)
}

function withVariants(item: ImageItem, made: VariantInput[], mediaBaseUrl: string): Image {
  const { facet, facetKey, publicKey, claimedBy, keepsFacets, expiresAtEpochSeconds, ...image } = item
  const shown = item.status === 'READY' ? made : []
  const variants = withUrls(shown, `${mediaBaseUrl}/processed/${item.mediaKey}`)
  return {
    ...image,
    tags: item.tags ?? [],
    visibility: item.visibility ?? 'PRIVATE',
    variants,
    srcsets: srcsetsOf(variants),
    palette: item.palette ?? [],
    labels: item.labels ?? [],
    moderationStatus: item.moderationStatus ?? 'NOT_ASKED',
    moderationLabels: item.moderationLabels ?? [],
    views: item.views ?? 0,
  }
}

/** The item as the API shows it to everybody but its owner. Only for items that are PUBLIC. */
export function toPublicImage(item: ImageItem, mediaBaseUrl: string): Image {
  const image = toImage(item, mediaBaseUrl)
  return {
    ...image, fileName: null, sha256: null, failure: null, camera: null, moderationLabels: null, views: null,
    lastViewedAt: null,
  }
}

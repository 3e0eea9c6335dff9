import { util } from '@aws-appsync/utils'
import type { PresignedUpload, RequestUploadInput, UploadTicket } from '../../../generated/graphql.ts'
import { toImage, type ImageItem } from '../image.ts'
import type { Refusal } from '../refusal.ts'
import { uploadFault, uploadRequest, type UploadRequest } from '../upload-request.ts'

/** One upload on its way through a pipeline. */
export interface Upload {
  /** ULID of the image to be. */
  id: string
  asked: UploadRequest
  /** What is wrong with what was asked for; then nothing else happens to it. */
  fault: Refusal | null
  /** Images of the same file, newest first, of which one may be READY. */
  duplicateIds?: string[]
  /** The image that there is already; then nothing is uploaded. */
  duplicate?: ImageItem
  mediaKey?: string
  upload?: PresignedUpload
  /** The image as stored. */
  item?: ImageItem
}

/** What the steps of `requestUpload` and `requestUploads` hand on to each other. */
export interface UploadsStash {
  owner: string
  uploads: Upload[]
}

export function startUpload(input: RequestUploadInput): Upload {
  return { id: util.autoUlid(), asked: uploadRequest(input), fault: uploadFault(input) }
}

/** Those that are sound, and of a file that is not there yet. */
export function wanted(uploads: Upload[]): Upload[] {
  return uploads.filter(({ fault, duplicate }) => fault === null && !duplicate)
}

/** What the caller gets for an upload that went well. */
export function ticketOf({ duplicate, item, upload }: Upload, mediaBaseUrl: string): UploadTicket {
  return duplicate
    ? { image: toImage(duplicate, mediaBaseUrl), upload: null }
    : { image: toImage(item!, mediaBaseUrl), upload: upload! }
}

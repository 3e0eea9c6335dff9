import type { PresignedUpload } from '../../generated/graphql.ts'
import type { UploadRequest } from '../lib/upload-request.ts'

/** What the steps of this pipeline hand on to each other. */
export interface UploadStash {
  id: string
  owner: string
  upload?: PresignedUpload
  mediaKey?: string
  asked: UploadRequest
}

import { util } from '@aws-appsync/utils'
import type { RequestUploadInput } from '../../generated/graphql.ts'
import { MAX_FILE_NAME_LENGTH, MAX_UPLOAD_BYTES, UPLOAD_CONTENT_TYPES } from './limits.ts'
import { shown } from './shown.ts'
import { checkTitle } from './title.ts'

/** What was asked for, once it is known to be sound: lower-case hex, no blank title. */
export interface UploadRequest {
  fileName: string
  contentType: string
  byteSize: number
  sha256: string | null
  title: string | null
}

/** Ends the resolver with a typed error unless an upload of this kind can be accepted. */
export function checkUploadRequest(input: RequestUploadInput): UploadRequest {
  const { fileName, contentType, byteSize } = input
  const sha256 = input.sha256 ?? null

  if (isBlank(fileName) || fileName.length > MAX_FILE_NAME_LENGTH) {
    const received = isBlank(fileName) ? 'a blank one' : `${fileName.length} characters`
    util.error(`fileName must have 1 to ${MAX_FILE_NAME_LENGTH} characters, got ${received}.`, 'InvalidFileName')
  }
  const title = checkTitle(input.title)
  if (!UPLOAD_CONTENT_TYPES.includes(contentType)) {
    util.error(
      `contentType must be one of ${UPLOAD_CONTENT_TYPES.join(', ')}, got "${shown(contentType)}".`,
      'UnsupportedContentType',
    )
  }
  if (byteSize < 1 || byteSize > MAX_UPLOAD_BYTES) {
    util.error(`byteSize must be between 1 and ${MAX_UPLOAD_BYTES}, got ${byteSize}.`, 'InvalidByteSize')
  }
  if (sha256 !== null && !util.matches('^[0-9a-fA-F]{64}$', sha256)) {
    util.error(`sha256 must be 64 hex digits, got "${shown(sha256)}".`, 'InvalidSha256')
  }
  return { fileName, contentType, byteSize, sha256: sha256 === null ? null : sha256.toLowerCase(), title }
}

function isBlank(text: string): boolean {
  return text.trim().length === 0
}

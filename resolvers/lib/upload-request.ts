import { util } from '@aws-appsync/utils'
import type { RequestUploadInput } from '../../generated/graphql.ts'
import { descriptionFault, tagsOf, textOf } from './description.ts'
import { MAX_FILE_NAME_LENGTH, MAX_UPLOAD_BYTES, UPLOAD_CONTENT_TYPES } from './limits.ts'
import { refuse, type Refusal } from './refusal.ts'
import { shown } from './shown.ts'

/** What was asked for, once it is known to be sound: lower-case hex, no blank texts. */
export interface UploadRequest {
  fileName: string
  contentType: string
  byteSize: number
  sha256: string | null
  title: string | null
  altText: string | null
  category: string | null
  tags: string[]
}

/** What is wrong with what was asked for, or null when an upload of this kind can be accepted. */
export function uploadFault(input: RequestUploadInput): Refusal | null {
  const { fileName, contentType, byteSize } = input
  const sha256 = input.sha256 ?? null
  if (isBlank(fileName) || fileName.length > MAX_FILE_NAME_LENGTH) {
    const received = isBlank(fileName) ? 'a blank one' : `${fileName.length} characters`
    return refuse('InvalidFileName', `fileName must have 1 to ${MAX_FILE_NAME_LENGTH} characters, got ${received}.`)
  }
  const fault = descriptionFault(input)
  if (fault) return fault
  if (!UPLOAD_CONTENT_TYPES.includes(contentType)) {
    return refuse(
      'UnsupportedContentType',
      `contentType must be one of ${UPLOAD_CONTENT_TYPES.join(', ')}, got "${shown(contentType)}".`,
    )
  }
  if (byteSize < 1 || byteSize > MAX_UPLOAD_BYTES) {
    return refuse('InvalidByteSize', `byteSize must be between 1 and ${MAX_UPLOAD_BYTES}, got ${byteSize}.`)
  }
  if (sha256 !== null && !util.matches('^[0-9a-fA-F]{64}$', sha256)) {
    return refuse('InvalidSha256', `sha256 must be 64 hex digits, got "${shown(sha256)}".`)
  }
  return null
}

/** A sound request as it is stored. */
export function uploadRequest(input: RequestUploadInput): UploadRequest {
  const { fileName, contentType, byteSize } = input
  const sha256 = input.sha256 ?? null
  return {
    fileName,
    contentType,
    byteSize,
    sha256: sha256 === null ? null : sha256.toLowerCase(),
    title: textOf(input.title),
    altText: textOf(input.altText),
    category: textOf(input.category),
    tags: tagsOf(input.tags),
  }
}

function isBlank(text: string): boolean {
  return text.trim().length === 0
}

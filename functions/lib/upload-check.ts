import { originalKey, type OriginalKey } from './object-keys.ts'

/**
 * How long after the signing an upload is looked for, in seconds: SQS's longest delay (source: SQS API reference,
 * SendMessage). The presigned URL is good for 600 s; what is left is for a PUT that began at the last moment, which S3
 * lets end.
 */
export const UPLOAD_CHECK_DELAY_SECONDS = 900

/** How much of a strange body an error quotes, in characters. */
const QUOTED_LENGTH = 80

/** The message by which `sign-upload` has `expire-upload` look for one upload. */
export function writeUploadCheck({ owner, id }: OriginalKey): string {
  return JSON.stringify({ owner, id })
}

/**
 * Reads what `writeUploadCheck` wrote.
 * @throws SyntaxError, TypeError, RangeError for anything else
 */
export function readUploadCheck(body: string): OriginalKey {
  const check = JSON.parse(body) as Partial<Record<keyof OriginalKey, unknown>> | null
  const { owner, id } = check ?? {}
  if (typeof owner !== 'string' || typeof id !== 'string') {
    throw new TypeError(`expected an upload check with owner and id, got ${body.slice(0, QUOTED_LENGTH)}`)
  }
  originalKey({ owner, id })
  return { owner, id }
}

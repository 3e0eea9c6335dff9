import type { ImagePartsFragment } from '../generated/client.ts'

/** Whether the file may still come, or is being developed. */
export function isUnfinished({ status }: ImagePartsFragment): boolean {
  return status === 'PENDING' || status === 'PROCESSING'
}

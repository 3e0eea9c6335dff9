import { isRecord } from '../aws/json.ts'

/** Which messages of a batch are to be deleted, or why none is. */
export type BatchResult = { failedIds: ReadonlySet<string> } | { malformed: string }

/**
 * Reads what a function with `ReportBatchItemFailures` returned. Nothing at all, or no list, is complete success; what
 * can't be understood is complete failure. Source: developer guide, "Implementing partial batch responses".
 * @param response the parsed payload
 * @param messageIds of the batch
 */
export function readBatchResponse(response: unknown, messageIds: string[]): BatchResult {
  if (response === null || response === undefined) return { failedIds: new Set() }
  if (!isRecord(response)) return { malformed: `expected an object, received ${JSON.stringify(response)}` }
  const failures = response['batchItemFailures']
  if (failures === null || failures === undefined) return { failedIds: new Set() }
  if (!Array.isArray(failures)) {
    return { malformed: `batchItemFailures must be a list, received ${JSON.stringify(failures)}` }
  }
  const failedIds = new Set<string>()
  for (const failure of failures) {
    const id: unknown = isRecord(failure) ? failure['itemIdentifier'] : undefined
    if (typeof id !== 'string' || !messageIds.includes(id)) {
      return { malformed: `itemIdentifier must be a messageId of the batch, received ${JSON.stringify(failure)}` }
    }
    failedIds.add(id)
  }
  return { failedIds }
}

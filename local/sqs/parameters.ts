import { isRecord } from '../aws/json.ts'
import { SqsError, invalidParameter, missingParameter } from './errors.ts'
import { BATCH_ENTRY_ID, MAX_BATCH_ENTRIES } from './limits.ts'

/** Reads the members of a request, in the words that SQS refuses them with. */

export function requiredString(input: Record<string, unknown>, name: string): string {
  const value = input[name]
  if (value === undefined || value === null || value === '') throw missingParameter(name)
  if (typeof value !== 'string') throw invalidParameter(name, JSON.stringify(value), 'Must be a string.')
  return value
}

export function optionalString(input: Record<string, unknown>, name: string): string | undefined {
  return input[name] === undefined || input[name] === null ? undefined : requiredString(input, name)
}

/** @param range both ends belong to it */
export function optionalInteger(
  input: Record<string, unknown>,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max) return value
  throw invalidParameter(name, JSON.stringify(value), `Must be between ${range.min} and ${range.max}, if provided.`)
}

export function optionalStrings(input: Record<string, unknown>, name: string): string[] {
  const value = input[name]
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw invalidParameter(name, JSON.stringify(value), 'Must be a list of strings.')
}

/** An entry of a batch request; its `Id` is checked. */
export type BatchEntry = Record<string, unknown> & { Id: string }

/** @throws SqsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function batchEntries(input: Record<string, unknown>): BatchEntry[] {
  const entries: unknown[] = Array.isArray(input['Entries']) ? input['Entries'] : []
  if (entries.length === 0) {
    throw new SqsError('EmptyBatchRequest', `Expected 1 to ${MAX_BATCH_ENTRIES} entries in the request, received none.`)
  }
  if (entries.length > MAX_BATCH_ENTRIES) {
    const message = `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`
    throw new SqsError('TooManyEntriesInBatchRequest', message)
  }
  const ids = new Set<string>()
  return entries.map((entry) => {
    const id = isRecord(entry) ? entry['Id'] : undefined
    if (!isRecord(entry) || typeof id !== 'string' || !BATCH_ENTRY_ID.test(id)) {
      const message = `The Id of a batch entry must match ${BATCH_ENTRY_ID}, received ${JSON.stringify(id)}.`
      throw new SqsError('InvalidBatchEntryId', message)
    }
    if (ids.has(id)) throw new SqsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`)
    ids.add(id)
    return { ...entry, Id: id }
  })
}

/** Does something for each entry; SQS answers for every one of them by itself. */
export function eachEntry(
  entries: BatchEntry[],
  perform: (entry: BatchEntry) => Record<string, unknown>,
): { Successful: Record<string, unknown>[]; Failed: Record<string, unknown>[] } {
  const successful: Record<string, unknown>[] = []
  const failed: Record<string, unknown>[] = []
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...perform(entry) })
    } catch (error) {
      if (!(error instanceof SqsError)) throw error
      failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message })
    }
  }
  return { Successful: successful, Failed: failed }
}

import type { Caller } from '../aws/caller.ts'

/** Condition keys that say on whose behalf a service calls: what resource policies hold it to. */
export function sourceContext(caller: Caller): Record<string, string> {
  if (caller.kind !== 'service') return {}
  const { sourceArn, sourceAccount } = caller
  return {
    ...(sourceArn !== undefined && { 'aws:sourcearn': sourceArn }),
    ...(sourceAccount !== undefined && { 'aws:sourceaccount': sourceAccount }),
  }
}

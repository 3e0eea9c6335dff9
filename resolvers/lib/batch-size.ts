import { util } from '@aws-appsync/utils'
import { MAX_BATCH_SIZE } from './limits.ts'

/** Ends the resolver with `InvalidBatchSize` for none at all, and for too many at once. */
export function checkBatchSize(name: string, size: number): void {
  if (size < 1 || size > MAX_BATCH_SIZE) {
    util.error(`${name} must hold 1 to ${MAX_BATCH_SIZE}, got ${size}.`, 'InvalidBatchSize')
  }
}

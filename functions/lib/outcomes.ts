import type { Image, RecordImageProcessedInput } from '../../generated/graphql.ts'
import { RECORD_IMAGE_PROCESSED } from '../../generated/back-end-mutations.ts'
import { GraphqlError, type GraphqlClient } from './graphql-client.ts'

/** What came of a report. All but the first mean: there is nothing to do for this image, or nothing left. */
export type Reported =
  | { kind: 'recorded'; image: Image }
  | { kind: 'already-finished' }
  | { kind: 'being-processed' }
  | { kind: 'unknown-image' }

/** The one way by which an outcome is stored and its owner told. */
export interface Outcomes {
  /** @throws GraphqlError, GraphqlUnreachable: nothing was stored, or it is not known; report again */
  record(input: RecordImageProcessedInput): Promise<Reported>
}

/** Error types of `recordImageProcessed` that end the work rather than fail it. */
const NOTHING_TO_DO: Record<string, Exclude<Reported, { kind: 'recorded' }>> = {
  ImageAlreadyFinished: { kind: 'already-finished' },
  ImageBeingProcessed: { kind: 'being-processed' },
  ImageNotFound: { kind: 'unknown-image' },
}

export function createOutcomes(client: GraphqlClient): Outcomes {
  return {
    async record(input) {
      try {
        const data = await client.execute(RECORD_IMAGE_PROCESSED, { input })
        return { kind: 'recorded', image: data.recordImageProcessed as Image }
      } catch (error) {
        const known = error instanceof GraphqlError ? NOTHING_TO_DO[error.errorType] : undefined
        if (known) return known
        throw error
      }
    },
  }
}

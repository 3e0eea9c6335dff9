import { RECORD_IMAGE_LABELS } from '../../generated/back-end-mutations.ts'
import type { Image, RecordImageLabelsInput } from '../../generated/graphql.ts'
import { GraphqlError, type GraphqlClient } from './graphql-client.ts'

/** What a function may say; an operator alone decides. */
export type LabelReport = Omit<RecordImageLabelsInput, 'decidedByOperator'> & { mediaKey: string }

/** What came of a report. `not-ready`: the image is not READY, or was made anew since. */
export type LabelsReported = { kind: 'recorded'; image: Image } | { kind: 'not-ready' } | { kind: 'unknown-image' }

/** The one way by which labels that came later are stored and the owner told. */
export interface LabelOutcomes {
  /** @throws GraphqlError, GraphqlUnreachable: nothing was stored, or it is not known; report again */
  record(input: LabelReport): Promise<LabelsReported>
}

/** Error types of `recordImageLabels` that say how the image stands. */
const NOT_RECORDED: Record<string, Exclude<LabelsReported, { kind: 'recorded' }>> = {
  ImageNotReady: { kind: 'not-ready' },
  ImageNotFound: { kind: 'unknown-image' },
}

export function createLabelOutcomes(client: GraphqlClient): LabelOutcomes {
  return {
    async record(input) {
      try {
        const data = await client.execute(RECORD_IMAGE_LABELS, { input })
        return { kind: 'recorded', image: data.recordImageLabels as Image }
      } catch (error) {
        const known = error instanceof GraphqlError ? NOT_RECORDED[error.errorType] : undefined
        if (known) return known
        throw error
      }
    },
  }
}

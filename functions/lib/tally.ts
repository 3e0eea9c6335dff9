import { MetricUnit, type Metrics } from '@aws-lambda-powertools/metrics'
import type { ImageStatus } from '../../generated/graphql.ts'

/** Counts what an operator wants to see at a glance. */
export interface Tally {
  /** An image has reached a terminal state and that is recorded. */
  finished(outcome: { status: ImageStatus; ms: number; byteSize: number }): void
  /** An image was given up, and that is recorded. */
  failed(): void
  labelsUnavailable(): void
}

export interface ExpiryTally {
  /** An image was never uploaded, and that is recorded. */
  expired(): void
}

/** The tally as CloudWatch metrics: `ImagesProcessed` by `status`, `ProcessingMs`, `BytesIn`, `LabelsUnavailable`. */
export function createTally(metrics: Metrics): Tally & ExpiryTally {
  const countImage = (status: ImageStatus) =>
    metrics.singleMetric().addDimension('status', status).addMetric('ImagesProcessed', MetricUnit.Count, 1)
  return {
    finished({ status, ms, byteSize }) {
      countImage(status)
      metrics.addMetric('ProcessingMs', MetricUnit.Milliseconds, ms)
      metrics.addMetric('BytesIn', MetricUnit.Bytes, byteSize)
    },
    failed: () => void countImage('FAILED'),
    expired: () => void countImage('EXPIRED'),
    labelsUnavailable: () => void metrics.addMetric('LabelsUnavailable', MetricUnit.Count, 1),
  }
}

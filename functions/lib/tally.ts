import { MetricUnit, type Metrics } from '@aws-lambda-powertools/metrics'
import type { ImageStatus } from '../../generated/graphql.ts'

/** Counts what an operator wants to see at a glance. */
export interface Tally {
  /** An image has reached a terminal state and that is recorded. */
  finished(outcome: { status: ImageStatus; ms: number; byteSize: number }): void
  /** An image was given up, and that is recorded. */
  failed(): void
  /** An image turns READY before Rekognition has answered. */
  labelsLater(): void
}

export interface LabelTally {
  /** Rekognition answered a question that had been put off, and that is recorded. */
  labelled(): void
  /** Rekognition was asked often enough, and that is recorded. */
  labelsUnavailable(): void
}

export interface ExpiryTally {
  /** An image was never uploaded, and that is recorded. */
  expired(): void
}

/**
 * The tally as CloudWatch metrics: `ImagesProcessed` by `status`, `ProcessingMs`, `BytesIn`, `LabelsLater`,
 * `LabelsAnswered`, `LabelsUnavailable`.
 */
export function createTally(metrics: Metrics): Tally & ExpiryTally & LabelTally {
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
    labelsLater: () => void metrics.addMetric('LabelsLater', MetricUnit.Count, 1),
    labelled: () => void metrics.addMetric('LabelsAnswered', MetricUnit.Count, 1),
    labelsUnavailable: () => void metrics.addMetric('LabelsUnavailable', MetricUnit.Count, 1),
  }
}

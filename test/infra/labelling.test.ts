import { describe, expect, it } from 'vitest'
import { flatten, givenTemplate, propertiesOf } from './given.ts'

const SECONDS_PER_MINUTE = 60
const SECONDS_PER_DAY = 86_400

const given = givenTemplate()
const all = (type: string) => propertiesOf(given.template, type)

describe('labels that come later', () => {
  it('are asked for again every quarter of an hour, for five hours, before they are given up', () => {
    const { LabelQueueLabels: labels, LabelQueueDeadLabels: dead } = all('AWS::SQS::Queue')
    expect(labels).toMatchObject({
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 15 * SECONDS_PER_MINUTE,
      RedrivePolicy: { maxReceiveCount: 20 },
    })
    const { Timeout } = all('AWS::Lambda::Function')['LabellingLabelImageFunction'] ?? {}
    expect(dead).toMatchObject({
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 6 * Number(Timeout),
      MessageRetentionPeriod: 14 * SECONDS_PER_DAY,
    })
  })

  it('are asked for by two messages at a time; one function takes both queues, and knows which is which', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping')
    for (const [name, queue] of [['Labels', 'Labels'], ['DeadLabels', 'DeadLabels']]) {
      const mapping = mappings[`Labelling${name}ToLabelImage`] ?? {}
      expect(mapping).toMatchObject({
        BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 },
      })
      expect(flatten(mapping['EventSourceArn'])).toBe(`<LabelQueue${queue}.Arn>`)
    }
    const { Environment } = all('AWS::Lambda::Function')['LabellingLabelImageFunction'] ?? {}
    const { Variables } = Environment as { Variables: Record<string, unknown> }
    expect(flatten(Variables['DEAD_LETTERS_ARN'])).toBe('<LabelQueueDeadLabels.Arn>')
  })

  it('leave no picture behind for longer than four days, and nobody is served one', () => {
    const { LifecycleConfiguration } = all('AWS::S3::Bucket')['DeliveryBucket'] ?? {}
    expect(LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([{ ExpirationInDays: 4, Prefix: 'labelling/', Status: 'Enabled' }]),
    })
  })
})

describe('moderation', () => {
  it('is not asked for by default, and may not be', () => {
    const functions = all('AWS::Lambda::Function')
    for (const name of ['ProcessingProcessImageFunction', 'LabellingLabelImageFunction']) {
      expect(functions[name]).toMatchObject({ Environment: { Variables: { MODERATION_MIN_CONFIDENCE: 'off' } } })
    }
    expect(JSON.stringify(given.template)).not.toContain('rekognition:DetectModerationLabels')
  })
})

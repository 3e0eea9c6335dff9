import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { ConsumedQueue, LONGEST_RETENTION } from './consumed-queue.ts'
import type { Settings } from './settings.ts'

/** One picture, one question: Rekognition's deadline, and those of S3 and the API. */
export const LABEL_IMAGE_TIMEOUT = Duration.seconds(45)

/** When Rekognition is asked again after it did not answer. */
const RETRY_AFTER = Duration.minutes(15)

/** How often it is asked, besides when the image was developed: for five hours. */
const MAX_RECEIVE_COUNT = 20

/** What Rekognition did not answer when an image was developed, to be asked once more; and how it is asked. */
export class LabelQueue extends Construct {
  readonly queue: ConsumedQueue
  /** What was asked often enough, and is still to be told. */
  readonly deadLetterQueue: ConsumedQueue
  /** How the functions that ask know whether to ask for moderation. */
  readonly moderationEnvironment: { MODERATION_MIN_CONFIDENCE: string }
  private readonly actions: string[]

  constructor(scope: Construct, id: string, { moderationMinConfidence }: Pick<Settings, 'moderationMinConfidence'>) {
    super(scope, id)
    const isModerated = moderationMinConfidence !== undefined
    this.moderationEnvironment = { MODERATION_MIN_CONFIDENCE: isModerated ? String(moderationMinConfidence) : 'off' }
    this.actions = ['rekognition:DetectLabels', ...(isModerated ? ['rekognition:DetectModerationLabels'] : [])]
    this.deadLetterQueue = new ConsumedQueue(this, 'DeadLabels', {
      consumerTimeout: LABEL_IMAGE_TIMEOUT,
      retentionPeriod: LONGEST_RETENTION,
    })
    this.queue = new ConsumedQueue(this, 'Labels', {
      consumerTimeout: LABEL_IMAGE_TIMEOUT,
      retryAfter: RETRY_AFTER,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    })
  }

  /** May ask Rekognition what this deployment asks of it. It knows no resources to name. */
  askStatement(): PolicyStatement {
    return new PolicyStatement({ sid: 'Label', actions: this.actions, resources: ['*'] })
  }
}

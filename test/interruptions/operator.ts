import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { redriveImages } from '../../client/redrive-messages.ts'
import type { Cloud } from '../../local/cloud.ts'
import type { EventStopover } from './event-stopover.ts'
import { QUEUES } from './interrupted-assembly.ts'
import type { MovedClock } from './moved-clock.ts'

/** The person at the machine, with every right, whose calls are signed by the moved clock. */
export class Operator {
  readonly s3: S3Client
  readonly sqs: SQSClient

  constructor(private readonly cloud: Cloud, private readonly clock: MovedClock) {
    const common = { region: cloud.assembly.region, credentials: cloud.credentialsFor('operator') }
    this.s3 = new S3Client({ ...common, endpoint: cloud.endpoints.s3 })
    this.sqs = new SQSClient({ ...common, endpoint: cloud.endpoints.aws })
    // The SDK sets its clock by each answer's date, which is the system's: set right again before each call.
    const follow = (client: S3Client | SQSClient) => () => void (client.config.systemClockOffset = clock.moved)
    this.s3.middlewareStack.add(before(follow(this.s3)), { step: 'build' })
    this.sqs.middlewareStack.add(before(follow(this.sqs)), { step: 'build' })
  }

  /** Object keys of all variants, and of the pictures that are to be labelled. */
  async mediaKeys(): Promise<string[]> {
    const bucket = this.cloud.assembly.resources.find(
      ({ logicalId, type }) => type === 'AWS::S3::Bucket' && logicalId.startsWith('DeliveryBucket'),
    )
    const keys: string[] = []
    let token: string | undefined
    do {
      const page = await this.s3.send(
        new ListObjectsV2Command({ Bucket: bucket?.physicalId, ContinuationToken: token }),
      )
      keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key))
      token = page.NextContinuationToken
    } while (token !== undefined)
    return keys
  }

  /** Sends the events of failed images back, as `npm run redrive` does. @returns how many */
  async redrive(stopover: EventStopover): Promise<number> {
    const queues = {
      failed: await stopover.url('ProcessingFailed'),
      arrivals: await stopover.url(QUEUES.arrivals),
    }
    const { sent } = await redriveImages(queues, { sqs: this.sqs, s3: this.s3, startedAt: this.clock.now() })
    return sent
  }

  stop(): void {
    this.s3.destroy()
    this.sqs.destroy()
  }
}

/** A middleware that does something before each call. */
function before(act: () => void) {
  return <Call, Answer>(next: (call: Call) => Promise<Answer>) =>
    (call: Call): Promise<Answer> => {
      act()
      return next(call)
    }
}

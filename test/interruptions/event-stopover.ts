import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { Cloud } from '../../local/cloud.ts'
import type { Random } from '../fuzz/random.ts'
import { QUEUES, STOPOVER } from './interrupted-assembly.ts'
import type { Plan } from './plan.ts'

/** Where S3's events are held, doubled, shuffled, and sent on to the queue that they were meant for. */
export class EventStopover {
  private readonly urls = new Map<string, Promise<string>>()
  private held: { body: string; round: number }[] = []
  private round = 0

  constructor(private readonly sqs: SQSClient, private readonly cloud: Cloud, private readonly random: Random) {}

  /** How many copies of events are still to be sent. */
  get holding(): number {
    return this.held.length
  }

  /** Takes in the events of these images, as many copies as planned. */
  async takeIn(imageIds: Set<string>, planOf: (imageId: string) => Plan): Promise<void> {
    const missing = new Set(imageIds)
    while (missing.size > 0) {
      const QueueUrl = await this.url(STOPOVER)
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 }),
      )
      for (const { Body = '', ReceiptHandle } of Messages) {
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        const { Records = [] } = JSON.parse(Body) as { Records?: { s3: { object: { key: string } } }[] }
        const id = Records[0]?.s3.object.key.split('/').at(-1)
        // S3's test event is about no image.
        if (id === undefined) continue
        missing.delete(id)
        for (const rounds of planOf(id).rounds) this.held.push({ body: Body, round: this.round + rounds })
      }
    }
  }

  /** Sends what is due on, in no order, and begins the next round. */
  async sendOn(): Promise<void> {
    const due = this.held.filter(({ round }) => round <= this.round)
    this.held = this.held.filter(({ round }) => round > this.round)
    this.round += 1
    const QueueUrl = await this.url(QUEUES.arrivals)
    while (due.length > 0) {
      for (const { body } of due.splice(this.random.below(due.length), 1)) {
        await this.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }))
      }
    }
  }

  /** How many messages of the product's own queues are not done with. */
  async left(): Promise<number> {
    const counts = [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ]
    let left = 0
    for (const queue of Object.values(QUEUES)) {
      const QueueUrl = await this.url(queue)
      const { Attributes = {} } = await this.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      )
      for (const name of counts) left += Number(Attributes[name as keyof typeof Attributes] ?? 0)
    }
    return left
  }

  /** URL of the queue whose logical id begins so: the rest is CDK's hash. */
  url(logicalId: string): Promise<string> {
    const known = this.urls.get(logicalId)
    if (known) return known
    const queue = this.cloud.assembly.resources.find(
      (resource) => resource.type === 'AWS::SQS::Queue' && resource.logicalId.startsWith(logicalId),
    )
    const QueueName = queue?.attributes.QueueName ?? ''
    const url = this.sqs.send(new GetQueueUrlCommand({ QueueName })).then(({ QueueUrl = '' }) => QueueUrl)
    this.urls.set(logicalId, url)
    return url
  }
}

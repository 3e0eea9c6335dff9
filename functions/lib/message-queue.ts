import type { Clock } from './clock.ts'
import type { LambdaCredentials } from './environment.ts'
import { createSignedPost, isPassingStatus, NotAnswered } from './signed-post.ts'

/** Name under which SQS checks signatures, and how the operation is called on the wire. Source: SQS's Smithy model. */
const SIGNING_SERVICE = 'sqs'
const SEND_MESSAGE = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' }

/** One attempt. All attempts together are shorter than the time that the callers have. */
const ATTEMPT_DEADLINE_MS = 2_000
const MAX_ATTEMPTS = 3

/** Mean pause grows from here, twofold an attempt. */
const FIRST_PAUSE_MS = 50
const PAUSE_GROWTH = 2

/** SQS refused the message, or was not reached: it may have been sent, and is better sent again than lost. */
export class MessageNotSent extends Error {
  override readonly name = 'MessageNotSent'
  constructor(
    message: string,
    /** Whether another attempt may succeed. */
    readonly passing: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export interface MessageQueue {
  /**
   * @param delaySeconds nobody receives the message before; 0 to 900
   * @throws MessageNotSent
   */
  send(body: string, delaySeconds?: number): Promise<void>
}

export interface MessageQueueOptions {
  queueUrl: string
  /** SQS's address when it isn't the queue URL's. */
  endpoint?: string | undefined
  region: string
  credentials: () => LambdaCredentials
  clock: Clock
  /** 0 up to 1; spreads the pauses of many callers. */
  random: () => number
}

/** Sends to one queue. SQS's client is left out on purpose: it is five times as large as all of `sign-upload`. */
export function createMessageQueue(options: MessageQueueOptions): MessageQueue {
  const { queueUrl, clock } = options
  const url = new URL('/', options.endpoint ?? queueUrl)
  const post = createSignedPost({ ...options, url, service: SIGNING_SERVICE, deadlineMs: ATTEMPT_DEADLINE_MS })

  async function attempt(body: string): Promise<void> {
    const { ok, status, text } = await post(SEND_MESSAGE, body).catch((error: unknown) => {
      throw error instanceof NotAnswered ? new MessageNotSent(error.message, true, { cause: error.cause }) : error
    })
    if (!ok) throw new MessageNotSent(`SQS answered ${status}: ${text}`, isPassingStatus(status))
  }

  return {
    async send(message, delaySeconds) {
      const body = JSON.stringify({ QueueUrl: queueUrl, MessageBody: message, DelaySeconds: delaySeconds })
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await attempt(body)
        } catch (error) {
          if (!(error instanceof MessageNotSent && error.passing) || attempts === MAX_ATTEMPTS) throw error
          const pauseMs = options.random() * FIRST_PAUSE_MS * PAUSE_GROWTH ** attempts
          await new Promise<void>((resolve) => clock.after(pauseMs, resolve))
        }
      }
    },
  }
}

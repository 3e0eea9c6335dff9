import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { deadline, type Clock } from './clock.ts'
import type { LambdaCredentials } from './environment.ts'

/** Name under which SQS checks signatures, and how the operation is called on the wire. Source: SQS's Smithy model. */
const SIGNING_SERVICE = 'sqs'
const SEND_MESSAGE = 'AmazonSQS.SendMessage'
const CONTENT_TYPE = 'application/x-amz-json-1.0'

/** One attempt. All attempts together are shorter than the time that the callers have. */
const ATTEMPT_DEADLINE_MS = 2_000
const MAX_ATTEMPTS = 3

/** Mean pause grows from here, twofold an attempt. */
const FIRST_PAUSE_MS = 50
const PAUSE_GROWTH = 2

const HTTP_TOO_MANY_REQUESTS = 429
const HTTP_SERVER_ERROR = 500

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
  const signer = new SignatureV4({
    service: SIGNING_SERVICE,
    region: options.region,
    credentials: async () => options.credentials(),
    sha256: Sha256,
  })

  async function attempt(body: string): Promise<void> {
    const signed = await signer.sign(
      new HttpRequest({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { host: url.host, 'content-type': CONTENT_TYPE, 'x-amz-target': SEND_MESSAGE },
        body,
      }),
      { signingDate: new Date(clock.now()) },
    )
    const limit = deadline(clock, ATTEMPT_DEADLINE_MS)
    try {
      const answer = await fetch(url, { method: 'POST', headers: signed.headers, body, signal: limit.signal })
      const text = await answer.text()
      if (answer.ok) return
      const passing = answer.status >= HTTP_SERVER_ERROR || answer.status === HTTP_TOO_MANY_REQUESTS
      throw new MessageNotSent(`SQS answered ${answer.status}: ${text}`, passing)
    } catch (error) {
      if (error instanceof MessageNotSent) throw error
      throw new MessageNotSent(`${url.host} was not reached`, true, { cause: error })
    } finally {
      limit.cancel()
    }
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

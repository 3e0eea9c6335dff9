import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, describe, expect, it } from 'vitest'
import { createMessageQueue, MessageNotSent } from '../../functions/lib/message-queue.ts'
import { HandClock } from './given.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }
const SENT = { status: 200, body: '{"MessageId":"1"}' }

/** How long one attempt may take, and longer than any pause between two. */
const ATTEMPT_MS = 2_000

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** An SQS that gives each of the answers in turn, the last one for ever. */
async function given(...answers: ({ status: number; body: string } | 'hang up' | 'say nothing')[]) {
  const received: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
  const clock = new HandClock(Date.now())
  let onRequest = (): void => undefined
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers, body })
      const answer = answers[Math.min(received.length, answers.length) - 1]!
      onRequest()
      if (answer === 'hang up') return void request.socket.destroy()
      if (answer !== 'say nothing') response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const queueUrl = `${origin}/123456789012/the-queue`
  const queue = createMessageQueue({
    queueUrl, region: 'eu-west-1', credentials: () => credentials, clock, random: () => 0.5,
  })
  const nextRequest = () => new Promise<void>((resolve) => (onRequest = resolve))
  return { queue, queueUrl, origin, received, clock, nextRequest }
}

/** Skips the pauses between attempts, but not the time that an attempt has, until the call has settled. */
async function settled<T>(call: Promise<T>, clock: HandClock): Promise<T> {
  const stop = clock.onCall((ms) => ms < ATTEMPT_MS && queueMicrotask(() => clock.advance(ms)))
  return call.finally(stop)
}

describe('a message queue', () => {
  it('says on the wire what client-sqs says', async () => {
    const { queue, queueUrl, received, origin } = await given(SENT)
    await queue.send('{"a":"ü"}', 900)
    const client = new SQSClient({ region: 'eu-west-1', credentials, endpoint: origin, md5: false })
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{"a":"ü"}', DelaySeconds: 900 }))
    client.destroy()
    const [ours, theirs] = received
    expect(ours?.path).toBe(theirs?.path)
    expect(JSON.parse(ours!.body)).toEqual(JSON.parse(theirs!.body))
    for (const name of ['content-type', 'x-amz-target', 'x-amz-security-token', 'host']) {
      expect([name, ours!.headers[name]]).toEqual([name, theirs!.headers[name]])
    }
    const scope = /Credential=(?<scope>[^,]+),/
    expect(scope.exec(ours!.headers.authorization!)?.[1]).toBe(scope.exec(theirs!.headers.authorization!)?.[1])
  })

  it('leaves the delay to the queue when none is given', async () => {
    const { queue, received } = await given(SENT)
    await queue.send('hello')
    expect(JSON.parse(received[0]!.body)).not.toHaveProperty('DelaySeconds')
  })

  it('goes to another address when there is one', async () => {
    const { origin, received } = await given(SENT)
    const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/the-queue'
    const clock = new HandClock()
    const queue = createMessageQueue({
      queueUrl, endpoint: origin, region: 'eu-west-1', credentials: () => credentials, clock, random: () => 0,
    })
    await queue.send('hello')
    expect(JSON.parse(received[0]!.body)).toEqual({ QueueUrl: queueUrl, MessageBody: 'hello' })
  })

  it.each([
    ['a server error', { status: 503, body: '' }],
    ['too many requests', { status: 429, body: '' }],
    ['a connection that breaks off', 'hang up' as const],
  ])('tries again after %s', async (_, failure) => {
    const { queue, received, clock } = await given(failure, failure, SENT)
    await settled(queue.send('hello'), clock)
    expect(received).toHaveLength(3)
  })

  it('gives up after three attempts', async () => {
    const { queue, received, clock } = await given({ status: 500, body: 'oops' })
    await expect(settled(queue.send('hello'), clock)).rejects.toThrow(MessageNotSent)
    expect(received).toHaveLength(3)
  })

  it('gives an attempt two seconds', async () => {
    const { queue, received, clock, nextRequest } = await given('say nothing', SENT)
    const first = nextRequest()
    const sending = queue.send('hello')
    await first
    const stop = clock.onCall((ms) => ms < ATTEMPT_MS && queueMicrotask(() => clock.advance(ms)))
    clock.advance(ATTEMPT_MS)
    await sending.finally(stop)
    expect(received).toHaveLength(2)
  })

  it('does not try again what is refused', async () => {
    const { queue, received } = await given({ status: 403, body: '{"__type":"com.amazon.coral.service#AccessDenied"}' })
    await expect(queue.send('hello')).rejects.toThrow(/403.*AccessDenied/)
    expect(received).toHaveLength(1)
  })
})

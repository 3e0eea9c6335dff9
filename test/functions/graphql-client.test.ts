import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterEach, describe, expect, it } from 'vitest'
import { createGraphqlClient, GraphqlError, GraphqlUnreachable } from '../../functions/lib/graphql-client.ts'
import { createLabelOutcomes } from '../../functions/lib/label-outcomes.ts'
import { createOutcomes } from '../../functions/lib/outcomes.ts'
import { HandClock, ID, OWNER } from './given.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }

interface Received {
  headers: IncomingHttpHeaders
  body: string
}
type Answer = { status: number; body: string } | 'hang up' | 'say nothing'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A GraphQL endpoint that gives each of the answers in turn, the last one for ever. */
async function given(answers: Answer[], random = 0.5) {
  const received: Received[] = []
  const clock = new HandClock()
  let onRequest = (): void => undefined
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const answer = answers[Math.min(received.length, answers.length) - 1]!
      onRequest()
      if (answer === 'hang up') return void request.socket.destroy()
      if (answer !== 'say nothing') response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const client = createGraphqlClient({
    url,
    region: 'eu-west-1',
    credentials: () => credentials,
    clock,
    random: () => random,
  })
  const nextRequest = () => new Promise<void>((resolve) => (onRequest = resolve))
  return { client, received, clock, url, nextRequest }
}

const ok = (data: unknown): Answer => ({ status: 200, body: JSON.stringify({ data }) })
const refused = (errorType: string, status = 200): Answer => ({
  status,
  body: JSON.stringify({ data: null, errors: [{ errorType, message: 'because' }] }),
})
const brokenWith = (status: number): Answer => ({ status, body: 'oops' })

/** How long the client waits for one attempt, and the longest pause between two; their sum passes any pause. */
const ATTEMPT_MS = 5_000
const PAUSE_MS = 2_000

/** Skips the pauses between attempts, but not the time that an attempt has, until the call has settled. */
async function settled<T>(call: Promise<T>, clock: HandClock): Promise<T> {
  const stop = clock.onCall((ms) => ms < ATTEMPT_MS && queueMicrotask(() => clock.advance(PAUSE_MS)))
  return call.finally(stop)
}

describe('GraphQL client', () => {
  it('signs the request as AppSync checks it', async () => {
    const { client, received, url, clock } = await given([ok({ answer: 1 })])
    expect(await client.execute('query($a: Int) { answer(a: $a) }', { a: 1 })).toEqual({ answer: 1 })
    const { headers, body } = received[0]!
    expect(JSON.parse(body)).toEqual({ query: 'query($a: Int) { answer(a: $a) }', variables: { a: 1 } })
    const { host, hostname } = new URL(url)
    const again = await new SignatureV4({ service: 'appsync', region: 'eu-west-1', credentials, sha256: Sha256 }).sign(
      new HttpRequest({
        method: 'POST',
        hostname,
        path: '/graphql',
        headers: { host, 'content-type': 'application/json' },
        body,
      }),
      { signingDate: new Date(clock.now()) },
    )
    expect(headers.authorization).toBe(again.headers.authorization)
    expect(headers['x-amz-security-token']).toBe('token')
    expect(headers.host).toBe(host)
  })

  it("throws the answer's error by its type, at once, also when it comes with 401", async () => {
    for (const status of [200, 401]) {
      const { client, received } = await given([refused('ImageNotFound', status)])
      const error = await client.execute('{ a }', {}).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(GraphqlError)
      expect(error).toMatchObject({ errorType: 'ImageNotFound', httpStatus: status })
      expect(received).toHaveLength(1)
      server!.closeAllConnections()
      server!.close()
    }
  })

  it('throws for an answer that is no GraphQL', async () => {
    const { client } = await given([{ status: 200, body: 'hello' }])
    await expect(client.execute('{ a }', {})).rejects.toMatchObject({ errorType: 'Unknown' })
  })

  it.each([
    ['500', brokenWith(500)],
    ['503', brokenWith(503)],
    ['429', brokenWith(429)],
    ['a dropped connection', 'hang up' as const],
    ['ImageChangedMeanwhile', refused('ImageChangedMeanwhile')],
    ['ServiceUnavailable', refused('ServiceUnavailable')],
  ])('tries again after %s, signed anew', async (_name, failure) => {
    const { client, received, clock } = await given([failure, failure, ok({ a: 1 })])
    expect(await settled(client.execute('{ a }', {}), clock)).toEqual({ a: 1 })
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ headers }) => headers.authorization)).size).toBe(3)
  })

  it.each([
    ['does not answer', brokenWith(500), GraphqlUnreachable],
    ['refuses what should pass', refused('ImageChangedMeanwhile'), GraphqlError],
  ])('gives up when the deadline has passed and the API still %s', async (_how, answer, error) => {
    const { client, clock, received } = await given([answer])
    const startedAt = clock.now()
    await expect(settled(client.execute('{ a }', {}), clock)).rejects.toBeInstanceOf(error)
    expect(clock.now() - startedAt).toBeLessThanOrEqual(15_000)
    expect(received.length).toBeGreaterThan(3)
  })

  it('drops an attempt that is not answered in time, and tries again', async () => {
    const { client, clock, received, nextRequest } = await given(['say nothing', ok({ a: 1 })])
    const arrived = nextRequest()
    const call = client.execute('{ a }', {})
    await arrived
    clock.advance(5_000)
    expect(await settled(call, clock)).toEqual({ a: 1 })
    expect(received).toHaveLength(2)
  })
})

describe('outcomes', () => {
  const report = { id: ID, owner: OWNER, status: 'PROCESSING' } as const

  it('answers the image as recorded', async () => {
    const { client, received } = await given([ok({ recordImageProcessed: { id: ID, mediaKey: 'm' } })])
    expect(await createOutcomes(client).record(report)).toEqual({ kind: 'recorded', image: { id: ID, mediaKey: 'm' } })
    expect((JSON.parse(received[0]!.body) as { variables: unknown }).variables).toEqual({ input: report })
  })

  it.each([
    ['ImageAlreadyFinished', 'already-finished'],
    ['ImageBeingProcessed', 'being-processed'],
    ['ImageNotFound', 'unknown-image'],
  ])('takes %s as: nothing left to do', async (errorType, kind) => {
    const { client } = await given([refused(errorType)])
    expect(await createOutcomes(client).record(report)).toEqual({ kind })
  })

  it('throws any other error', async () => {
    const { client } = await given([refused('InvalidTransition')])
    await expect(createOutcomes(client).record(report)).rejects.toMatchObject({ errorType: 'InvalidTransition' })
  })
})

describe('labels that came later', () => {
  const report = { id: ID, owner: OWNER, mediaKey: 'm', labelsStatus: 'UNAVAILABLE' } as const

  it('are answered with the image as recorded', async () => {
    const { client, received } = await given([ok({ recordImageLabels: { id: ID, version: 4 } })])
    expect(await createLabelOutcomes(client).record(report)).toEqual({ kind: 'recorded', image: { id: ID, version: 4 } })
    expect((JSON.parse(received[0]!.body) as { variables: unknown }).variables).toEqual({ input: report })
  })

  it.each([
    ['ImageNotReady', 'not-ready'],
    ['ImageNotFound', 'unknown-image'],
  ])('are told by %s how the image stands', async (errorType, kind) => {
    const { client } = await given([refused(errorType)])
    expect(await createLabelOutcomes(client).record(report)).toEqual({ kind })
  })

  it('throw any other error', async () => {
    const { client } = await given([refused('NothingToUpdate')])
    await expect(createLabelOutcomes(client).record(report)).rejects.toMatchObject({ errorType: 'NothingToUpdate' })
  })
})

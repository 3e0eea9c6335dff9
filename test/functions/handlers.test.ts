import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixture } from '../fixtures/index.ts'
import { BARE_ENVIRONMENT, bundleFunctions } from './bundled.ts'
import { BUCKET, ID, MEDIA_KEY, OWNER, s3Record, sqsEvent } from './given.ts'

const MEDIA_BUCKET = 'the-media'

interface Call {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

let folder: string
let cloud: Server
let origin: string
let calls: Call[] = []
let original: Buffer
let sqs = { status: 200, body: '{}' }

/** What S3, Rekognition and AppSync answer, as far as the functions ask them; every call is kept. */
function answer({ method, path, headers, body }: Call): { status: number; body: string | Buffer; type?: string } {
  if (headers['x-amz-target'] === 'AmazonSQS.SendMessage') return sqs
  if (path.includes('list-type=2')) return { status: 200, type: 'application/xml', body: '<ListBucketResult/>' }
  if (path.startsWith('/graphql')) {
    const image = { id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: original.length, mediaKey: MEDIA_KEY }
    return { status: 200, body: JSON.stringify({ data: { recordImageProcessed: image } }) }
  }
  if (headers['x-amz-target'] === 'RekognitionService.DetectLabels') {
    const { Image } = JSON.parse(body.toString()) as { Image: { Bytes: string } }
    const isJpeg = Buffer.from(Image.Bytes, 'base64').readUInt16BE(0) === 0xffd8
    return {
      status: 200,
      type: 'application/x-amz-json-1.1',
      body: JSON.stringify({ Labels: isJpeg ? [{ Name: 'Sky', Confidence: 91.5 }] : [] }),
    }
  }
  if (method === 'GET') return { status: 200, body: original, type: 'image/jpeg' }
  return { status: method === 'PUT' ? 200 : 501, body: '' }
}

beforeAll(async () => {
  original = (await fixture('baselineJpeg')).bytes
  folder = await bundleFunctions()
  cloud = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks),
      }
      calls.push(call)
      const { status, body, type } = answer(call)
      response
        .writeHead(status, { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(body) })
        .end(body)
    })
  })
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`
})
beforeEach(() => {
  calls = []
  sqs = { status: 200, body: '{}' }
})
afterAll(async () => {
  cloud.closeAllConnections()
  cloud.close()
  await rm(folder, { recursive: true, force: true })
})

/**
 * Calls a handler in a process of its own, in the environment that Lambda gives it; answers its result, or the name of
 * what it threw, and its log.
 */
async function invoke(name: string, event: unknown): Promise<{ result: unknown; log: Record<string, unknown>[] }> {
  const code = `require('./${name}.js').handler(${JSON.stringify(
    event,
  )}, { awsRequestId: 'r', functionName: '${name}' })
    .then((result) => process.send(result), (error) => process.send({ thrown: error.name }))`
  const env = {
    ...BARE_ENVIRONMENT,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    LAMBDA_TASK_ROOT: folder,
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'Darkroom',
    AWS_ENDPOINT_URL: origin,
    GRAPHQL_URL: `${origin}/graphql`,
    ORIGINALS_BUCKET: BUCKET,
    MEDIA_BUCKET,
    EXPIRY_QUEUE_URL: `${origin}/1/expiry`,
    FAILED_QUEUE_URL: `${origin}/1/failed`,
  }
  const child = spawn(process.execPath, ['-e', code], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let result: unknown
  let output = ''
  child.on('message', (message) => {
    result = message
    child.kill()
  })
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  return {
    result,
    log: output
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

const inputs = () =>
  calls
    .filter(({ path }) => path === '/graphql')
    .map(
      ({ body }) => (JSON.parse(body.toString()) as { variables: { input: Record<string, unknown> } }).variables.input,
    )

/** Messages that were sent. */
const sent = () =>
  calls
    .filter(({ headers }) => headers['x-amz-target'] === 'AmazonSQS.SendMessage')
    .map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>)

describe('process-image, as Lambda runs it', () => {
  it('develops an original from S3 to S3, by Rekognition and AppSync', async () => {
    const { result, log } = await invoke('process-image', sqsEvent({ Records: [s3Record({ size: original.length })] }))
    expect(result).toEqual({ batchItemFailures: [] })
    expect(inputs()).toMatchObject([
      { status: 'PROCESSING' },
      { status: 'READY', labels: [{ name: 'Sky', confidence: 91.5 }] },
    ])

    const [get] = calls.filter(({ method }) => method === 'GET')
    expect(get!.path).toMatch(new RegExp(`^/${BUCKET}/originals/${OWNER}/${ID}\\?.*versionId=v1`))
    const puts = calls.filter(({ method }) => method === 'PUT')
    expect(puts.map(({ path }) => path.split('?')[0])).toEqual(
      ['320', '160'].map((edge) => `/${MEDIA_BUCKET}/processed/${MEDIA_KEY}/${edge}.webp`),
    )
    expect(puts[0]!.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    })

    expect(log.filter(({ level }) => level)).toMatchObject([
      { level: 'INFO', message: 'image finished', status: 'READY' },
    ])
    const metrics = log.filter(({ _aws }) => _aws)
    expect(metrics).toMatchObject([{ ImagesProcessed: 1, status: 'READY' }, { BytesIn: original.length }])
  })

  it('answers the message that it could not read', async () => {
    const { result } = await invoke(
      'process-image',
      sqsEvent({ Records: [s3Record({ size: original.length })] }, 'hello'),
    )
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-2' }] })
  })
})

describe('record-failure, as Lambda runs it', () => {
  it('records FAILED, counts it, and keeps the event', async () => {
    const event = { Records: [s3Record()] }
    const { result, log } = await invoke('record-failure', sqsEvent(event))
    expect(sent()).toEqual([{ QueueUrl: `${origin}/1/failed`, MessageBody: JSON.stringify(event) }])
    expect(result).toEqual({ batchItemFailures: [] })
    expect(inputs()).toMatchObject([{ id: ID, owner: OWNER, status: 'FAILED', failure: { code: 'PROCESSING_FAILED' } }])
    expect(log.filter(({ _aws }) => _aws)).toMatchObject([{ ImagesProcessed: 1, status: 'FAILED' }])
  })

  it('answers a message whose event it could not keep', async () => {
    sqs = { status: 400, body: '{}' }
    const { result } = await invoke('record-failure', sqsEvent({ Records: [s3Record()] }))
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] })
  })

  it('keeps nothing of a message that is no S3 event', async () => {
    const { result } = await invoke('record-failure', sqsEvent('hello', { Event: 's3:TestEvent' }))
    expect([result, sent()]).toEqual([{ batchItemFailures: [] }, []])
  })
})

describe('sign-upload, as Lambda runs it', () => {
  it('answers a presigned request, and logs no part of it', async () => {
    const request = { id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: 3 }
    const { result, log } = await invoke('sign-upload', request)
    const { url, mediaKey } = result as { url: string; mediaKey: string }
    expect(url).toContain(`${origin}/${BUCKET}/originals/${OWNER}/${ID}?`)
    expect(mediaKey).toMatch(/^[A-Za-z0-9_-]{22}$/)
    const check = JSON.stringify({ owner: OWNER, id: ID })
    expect(sent()).toEqual([{ QueueUrl: `${origin}/1/expiry`, MessageBody: check, DelaySeconds: 900 }])
    expect(calls).toHaveLength(1)
    expect(JSON.stringify(log)).not.toMatch(/X-Amz-Signature|Security-Token/)
    expect(JSON.stringify(log)).not.toContain(mediaKey)
  })

  it('answers nothing when nobody would look whether the upload came', async () => {
    sqs = { status: 400, body: '{}' }
    const { result } = await invoke('sign-upload', { id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: 3 })
    expect(result).toEqual({ thrown: 'MessageNotSent' })
  })
})

describe('expire-upload, as Lambda runs it', () => {
  it('looks for the upload, records EXPIRED, and counts it', async () => {
    const { result, log } = await invoke('expire-upload', sqsEvent({ owner: OWNER, id: ID }, 'hello'))
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-2' }] })
    const [list] = calls
    expect(list?.path).toMatch(new RegExp(`^/${BUCKET}/\\?`))
    expect(new URL(list!.path, origin).searchParams.get('prefix')).toBe(`originals/${OWNER}/${ID}`)
    expect(inputs()).toMatchObject([{ id: ID, owner: OWNER, status: 'EXPIRED', failure: { code: 'UPLOAD_EXPIRED' } }])
    expect(log.filter(({ _aws }) => _aws)).toMatchObject([{ ImagesProcessed: 1, status: 'EXPIRED' }])
  })
})

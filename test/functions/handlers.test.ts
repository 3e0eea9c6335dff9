import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixture, type FixtureName } from '../fixtures/index.ts'
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
let contentType: string
let sqs = { status: 200, body: '{}' }
/** What Rekognition answers, in place of a sky and of nothing to hold back. */
let rekognition: { status: number; body: string } | undefined
/** Objects of the media bucket, as they are listed. */
let listed: string[] = []

/** What S3 has, and of what type it was said to be. */
async function giveOriginal(name: FixtureName): Promise<void> {
  ({ bytes: original, contentType } = await fixture(name))
}

/** What S3, Rekognition and AppSync answer, as far as the functions ask them; every call is kept. */
function answer({ method, path, headers, body }: Call): { status: number; body: string | Buffer; type?: string } {
  if (headers['x-amz-target'] === 'AmazonSQS.SendMessage') return sqs
  if (path.includes('list-type=2')) {
    const contents = listed.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
    return { status: 200, type: 'application/xml', body: `<ListBucketResult>${contents}</ListBucketResult>` }
  }
  if (path.includes('?delete')) return { status: 200, type: 'application/xml', body: '<DeleteResult/>' }
  if (path.startsWith('/graphql')) {
    const image = {
      id: ID, owner: OWNER, contentType, byteSize: original.length, mediaKey: MEDIA_KEY,
      labelsStatus: 'READY', moderationStatus: 'CLEARED',
    }
    return { status: 200, body: JSON.stringify({ data: { recordImageProcessed: image, recordImageLabels: image } }) }
  }
  if (rekognition && String(headers['x-amz-target']).startsWith('RekognitionService.')) {
    return { ...rekognition, type: 'application/x-amz-json-1.1' }
  }
  if (headers['x-amz-target'] === 'RekognitionService.DetectModerationLabels') {
    return { status: 200, type: 'application/x-amz-json-1.1', body: '{"ModerationLabels":[]}' }
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
  if (method === 'DELETE') return { status: 204, body: '' }
  return { status: method === 'PUT' ? 200 : 501, body: '' }
}

beforeAll(async () => {
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
beforeEach(async () => {
  await giveOriginal('baselineJpeg')
  calls = []
  sqs = { status: 200, body: '{}' }
  rekognition = undefined
  listed = []
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
    VARIANTS: 'webp:1920,1080,480,160',
    MODERATION_MIN_CONFIDENCE: '50',
    LABELS_QUEUE_URL: `${origin}/1/labels`,
    REMOVALS_QUEUE_URL: `${origin}/1/removals`,
    DISTRIBUTION_ID: 'EDISTRIBUTION',
    DEAD_LETTERS_ARN: 'arn:dead-labels',
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
      { status: 'PROCESSING', claim: 'message-1' },
      { status: 'READY', labels: [{ name: 'Sky', confidence: 91.5 }], moderationStatus: 'CLEARED' },
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

  it('develops a HEIC picture, by the decoder that lies beside sharp', async () => {
    await giveOriginal('heic')
    await invoke('process-image', sqsEvent({ Records: [s3Record({ size: original.length })] }))
    expect(inputs().at(-1)).toMatchObject({ status: 'READY', width: 320, height: 200 })
  })

  it('puts off what Rekognition did not answer: the picture is kept, one message a question', async () => {
    rekognition = { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' }
    await invoke('process-image', sqsEvent({ Records: [s3Record({ size: original.length })] }))
    expect(inputs().at(-1)).toMatchObject({ status: 'READY', labelsStatus: 'PENDING', moderationStatus: 'PENDING' })
    const kept = calls.filter(({ path }) => path.startsWith(`/${MEDIA_BUCKET}/labelling/${MEDIA_KEY}.jpeg`))
    expect(kept.map(({ method, body }) => [method, body.readUInt16BE(0)])).toEqual([['PUT', 0xffd8]])
    const requests = ['labels', 'moderation'].map((question) => ({
      QueueUrl: `${origin}/1/labels`,
      MessageBody: JSON.stringify({ id: ID, owner: OWNER, mediaKey: MEDIA_KEY, question }),
      DelaySeconds: 60,
    }))
    expect(sent()).toEqual(requests)
  })

  it('answers the message that it could not read', async () => {
    const { result } = await invoke(
      'process-image',
      sqsEvent({ Records: [s3Record({ size: original.length })] }, 'hello'),
    )
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-2' }] })
  })
})

describe('label-image, as Lambda runs it', () => {
  const KEY = `labelling/${MEDIA_KEY}.jpeg`
  const request = (question: string) => ({ id: ID, owner: OWNER, mediaKey: MEDIA_KEY, question })

  it('asks Rekognition with the picture that was kept, records the answer, and removes the picture', async () => {
    listed = [KEY]
    const { result, log } = await invoke('label-image', sqsEvent(request('labels'), request('moderation'), 'hello'))
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-3' }] })
    expect(inputs()).toMatchObject([
      { id: ID, owner: OWNER, mediaKey: MEDIA_KEY, labelsStatus: 'READY', labels: [{ name: 'Sky' }] },
      { id: ID, owner: OWNER, mediaKey: MEDIA_KEY, moderationStatus: 'CLEARED' },
    ])
    const removed = calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('?')[0])
    expect(removed).toEqual([`/${MEDIA_BUCKET}/${KEY}`, `/${MEDIA_BUCKET}/${KEY}`])
    expect(log.filter(({ _aws }) => _aws)).toMatchObject([{ LabelsAnswered: [1, 1] }])
  })

  it('gives up what comes from the dead-letter queue, and drops there what is no request', async () => {
    const event = sqsEvent(request('labels'), 'hello')
    for (const record of event.Records) record.eventSourceARN = 'arn:dead-labels'
    const { result } = await invoke('label-image', event)
    expect(result).toEqual({ batchItemFailures: [] })
    expect(inputs()).toMatchObject([{ id: ID, labelsStatus: 'UNAVAILABLE' }])
  })
})

describe('record-failure, as Lambda runs it', () => {
  it('records FAILED, counts it, removes what was made, and keeps the event', async () => {
    const event = { Records: [s3Record()] }
    listed = [`processed/${MEDIA_KEY}/160.webp`]
    const { result, log } = await invoke('record-failure', sqsEvent(event))
    expect(sent()).toEqual([{ QueueUrl: `${origin}/1/failed`, MessageBody: JSON.stringify(event) }])
    expect(result).toEqual({ batchItemFailures: [] })
    expect(inputs()).toMatchObject([{ id: ID, owner: OWNER, status: 'FAILED', failure: { code: 'PROCESSING_FAILED' } }])
    const removal = calls.find(({ path }) => path.includes('?delete'))?.body.toString() ?? ''
    const removed = [...removal.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key)
    expect(removed).toEqual([`labelling/${MEDIA_KEY}.jpeg`, ...listed])
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
  const IDS = [ID.replace(/.$/, 'Y'), ID]

  it('answers the presigned requests in their order, and logs no part of them', async () => {
    const uploads = IDS.map((id) => ({ id, owner: OWNER, contentType: 'image/jpeg', byteSize: 3 }))
    const { result, log } = await invoke('sign-upload', { uploads })
    const signed = (result as { uploads: { url: string; mediaKey: string }[] }).uploads
    const checks = sent().sort((one, other) => String(one.MessageBody).localeCompare(String(other.MessageBody)))
    expect(checks).toEqual(IDS.map((id) => (
      { QueueUrl: `${origin}/1/expiry`, MessageBody: JSON.stringify({ owner: OWNER, id }), DelaySeconds: 900 }
    )))
    expect(calls).toHaveLength(IDS.length)
    expect(JSON.stringify(log)).not.toMatch(/X-Amz-Signature|Security-Token/)
    for (const [index, { url, mediaKey }] of signed.entries()) {
      expect(url).toContain(`${origin}/${BUCKET}/originals/${OWNER}/${IDS[index]}?`)
      expect(mediaKey).toMatch(/^[A-Za-z0-9_-]{22}$/)
      expect(JSON.stringify(log)).not.toContain(mediaKey)
    }
  })

  it('answers nothing when nobody would look whether the upload came', async () => {
    sqs = { status: 400, body: '{}' }
    const { result } = await invoke('sign-upload', {
      uploads: [{ id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: 3 }],
    })
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

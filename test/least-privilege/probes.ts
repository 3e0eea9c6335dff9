import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { writeUploadCheck } from '../../functions/lib/upload-check.ts'
import { readable } from '../infra/given.ts'
import type { Ticket } from '../local/start/given-client.ts'
import { REQUEST_UPLOAD, type Run } from './prepared-cloud.ts'

/** A part of the product: what it answers when everything is granted, and how to ask for it. */
export interface Probe {
  healthy: string
  run(run: Run): Promise<string>
}

/** No image has it. */
const UNKNOWN_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** Every part of the product that has AWS calls made, cheapest first: of several that need a grant the first is run. */
export const PROBES = {
  start: { healthy: 'started', run: async () => 'started' },
  image: { healthy: 'ok', run: (run) => ask(run, `{ image(id: "${run.prepared.readyId}") { id } }`) },
  images: { healthy: 'ok', run: (run) => ask(run, '{ images { items { id } } }') },
  publicImages: { healthy: 'ok', run: (run) => ask(run, '{ publicImages { items { id } } }') },
  updateImage: {
    healthy: 'ok',
    run: (run) => ask(run, `mutation { updateImage(input: { id: "${run.prepared.readyId}", title: "New" }) { id } }`),
  },
  'updateImage of an unknown image': {
    healthy: 'ImageNotFound',
    run: (run) => ask(run, `mutation { updateImage(input: { id: "${UNKNOWN_ID}", title: "New" }) { id } }`),
  },
  'GET of a variant': {
    healthy: '200',
    run: async ({ cloud, prepared }) => statusOf(await fetch(cloud.endpoints.cloudfront + prepared.variantPath)),
  },
  requestUpload: { healthy: 'ok', run: (run) => ask(run, REQUEST_UPLOAD, { byteSize: run.prepared.picture.length }) },
  'PUT of an original': { healthy: '200', run: putOriginal },
  'record-failure': { healthy: 'FAILED, 1 of 1 messages deleted', run: recordFailure },
  'expire-upload': { healthy: 'EXPIRED, 1 of 1 messages deleted', run: expireUpload },
  'process-image': { healthy: 'READY, labels READY', run: developImage },
} satisfies Record<string, Probe>

export type ProbeName = keyof typeof PROBES

interface Answer {
  data?: Record<string, unknown> | null
  errors?: { errorType?: string }[]
}

async function execute({ cloud, prepared }: Run, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${cloud.endpoints.appsync}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: prepared.idToken },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

/** `ok`, or the type of the first error. */
async function ask(run: Run, query: string, variables: object = {}): Promise<string> {
  const { errors } = await execute(run, query, variables)
  return errors ? String(errors[0]?.errorType) : 'ok'
}

async function statusOf(response: Response): Promise<string> {
  const text = await response.text()
  return response.ok ? String(response.status) : `${response.status} ${/<Code>(.*?)</.exec(text)?.[1]}`
}

async function putOriginal(run: Run): Promise<string> {
  const { picture } = run.prepared
  const { data, errors } = await execute(run, REQUEST_UPLOAD, { byteSize: picture.length })
  if (!data) return String(errors?.[0]?.errorType)
  const { url, method, headers } = (data.requestUpload as Ticket).upload
  const signed = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
  return statusOf(await fetch(url, { method, headers: signed, body: new Uint8Array(picture) }))
}

const clientOptions = ({ cloud }: Run, endpoint: string) => ({
  endpoint,
  region: cloud.assembly.region,
  credentials: cloud.credentialsFor('operator'),
  maxAttempts: 1,
})

/** The original arrives by the operator's hand: what signing and sending it need is not asked here. */
async function developImage(run: Run): Promise<string> {
  const { cloud, prepared } = run
  const s3 = new S3Client(clientOptions(run, cloud.endpoints.s3))
  await s3.send(
    new PutObjectCommand({
      Bucket: cloud.assembly.outputs.OriginalsBucketName,
      Key: `originals/${prepared.owner}/${prepared.pendingId}`,
      Body: prepared.picture,
      ContentType: 'image/jpeg',
    }),
  )
  s3.destroy()
  const ends = ['image finished', 'original failed', 'notification was not taken', 'poll failed']
  const line = await run.line((text) => ends.some((end) => text.includes(end)))
  const end = ends.find((each) => line.includes(each)) ?? line
  if (end !== 'image finished') return end
  const { data } = await execute(run, `{ image(id: "${prepared.pendingId}") { status labelsStatus } }`)
  const { status, labelsStatus } = data?.image as { status: string; labelsStatus: string }
  return `${status}, labels ${labelsStatus}`
}

/** A dead letter: the event of an original that was tried often enough. */
async function recordFailure(run: Run): Promise<string> {
  const { owner, pendingId, picture } = run.prepared
  const object = { key: `originals/${owner}/${pendingId}`, size: picture.length }
  const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'originals' }, object } }
  return consume(run, 'ProcessingDeadLetters', 'ProcessingRecordFailure', JSON.stringify({ Records: [record] }))
}

/** A check that is due, of an upload that never came. */
function expireUpload(run: Run): Promise<string> {
  const { owner, pendingId: id } = run.prepared
  return consume(run, 'ExpiryQueueChecks', 'ExpiryExpireUpload', writeUploadCheck({ owner, id }))
}

/** Sends a message by the operator's hand; answers what became of it, and of the pending image. */
async function consume(run: Run, queue: string, consumer: string, MessageBody: string): Promise<string> {
  const { cloud, prepared } = run
  const found = cloud.assembly.resources.find(({ type, logicalId }) => {
    return type === 'AWS::SQS::Queue' && readable(logicalId) === queue
  })
  const sqs = new SQSClient(clientOptions(run, cloud.endpoints.aws))
  await sqs.send(new SendMessageCommand({ QueueUrl: found?.physicalId, MessageBody }))
  sqs.destroy()
  const line = await run.line((text) => text.includes('batch done') && text.includes(consumer))
  const { data } = await execute(run, `{ image(id: "${prepared.pendingId}") { status } }`)
  return `${(data?.image as { status: string }).status}, ${/\d+ of \d+ messages deleted/.exec(line)?.[0]}`
}

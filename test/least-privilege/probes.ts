import { gzipSync } from 'node:zlib'
import { ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { executeAsOperator } from '../../client/operator-graphql.ts'
import { writeUploadCheck } from '../../functions/lib/upload-check.ts'
import { RECORD_IMAGE_PROCESSED } from '../../generated/back-end-mutations.ts'
import { readable } from '../infra/given.ts'
import type { Ticket } from '../local/start/given-client.ts'
import { accessLog } from '../views/access-logs.ts'
import { REQUEST_UPLOAD, type Run } from './prepared-cloud.ts'

/** A part of the product: what it answers when everything is granted, and how to ask for it. */
export interface Probe {
  healthy: string
  /** An action that is refused, whoever asks. */
  outage?: string
  run(run: Run): Promise<string>
}

/** No image has it. */
const UNKNOWN_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** Every part of the product that has AWS calls made, cheapest first: of several that need a grant the first is run. */
export const PROBES = {
  start: { healthy: 'started', run: async () => 'started' },
  image: { healthy: 'ok', run: (run) => ask(run, `{ image(id: "${run.prepared.readyId}") { id } }`) },
  images: { healthy: 'ok', run: (run) => ask(run, '{ images { items { id } } }') },
  labels: { healthy: 'ok', run: (run) => ask(run, '{ labels { items { name } } }') },
  imageChanges: {
    healthy: 'ok', run: (run) => ask(run, '{ imageChanges(since: "1970-01-01T00:00:00Z") { items { id } } }'),
  },
  publicImages: { healthy: 'ok', run: (run) => ask(run, '{ publicImages { items { id } } }') },
  updateImage: {
    healthy: 'ok',
    run: (run) => ask(run, `mutation { updateImage(input: { id: "${run.prepared.readyId}", title: "New" }) { id } }`),
  },
  'updateImage, overtaken': { healthy: 'ImageChangedMeanwhile', run: overtakeUpdate },
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
  'record-failure': { healthy: 'FAILED, 1 of 1 messages deleted, 0 objects', run: recordFailure },
  'expire-upload': { healthy: 'EXPIRED, 1 of 1 messages deleted', run: expireUpload },
  'label-image': { healthy: '1 of 1 messages deleted, 0 objects', run: (run) => labelImage(run, 'Labels') },
  'label-image, given up': {
    healthy: '1 of 1 messages deleted, 0 objects',
    run: (run) => labelImage(run, 'DeadLabels'),
  },
  'count-views': { healthy: '1 of 1 messages deleted, log file counted, 0 log files left', run: countViews },
  deleteImage: { healthy: 'ok, told', run: deleteImage },
  'remove-image': { healthy: '1 of 1 messages deleted, 0 objects, 0 originals', run: removeImage },
  'process-image': { healthy: 'READY, labels READY', run: developImage },
  'process-image without Rekognition': {
    healthy: 'READY, labels PENDING', outage: 'rekognition:DetectLabels', run: developImage,
  },
  reprocessImage: { healthy: 'image finished, under another media key', run: reprocessImage },
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

/** How many updates of one image are asked for at a time: all read the same version, and one of them writes. */
const UPDATES_AT_ONCE = 8

/** What the first update is told that another was faster than. */
async function overtakeUpdate(run: Run): Promise<string> {
  const update = `mutation { updateImage(input: { id: "${run.prepared.readyId}", title: "New" }) { id } }`
  const answers = await Promise.all(Array.from({ length: UPDATES_AT_ONCE }, () => ask(run, update)))
  return answers.find((answer) => answer !== 'ok') ?? 'none was overtaken'
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

/** An object of the media bucket, by the operator's hand. */
async function putMedia(run: Run, Key: string): Promise<void> {
  const { cloud, prepared } = run
  const s3 = new S3Client(clientOptions(run, cloud.endpoints.s3))
  const Bucket = cloud.assembly.outputs.MediaBucketName
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: prepared.picture, ContentType: 'image/jpeg' }))
  s3.destroy()
}

/** How many objects of the media bucket have this in their key. */
async function countMedia(run: Run, part: string): Promise<number> {
  const s3 = new S3Client(clientOptions(run, run.cloud.endpoints.s3))
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: run.cloud.assembly.outputs.MediaBucketName }),
  )
  s3.destroy()
  return Contents.filter(({ Key = '' }) => Key.includes(part)).length
}

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

/** A dead letter: the event of an original that was tried often enough, and of which a variant was stored. */
async function recordFailure(run: Run): Promise<string> {
  const { owner, pendingId, picture } = run.prepared
  const operator = new S3Client(clientOptions(run, run.cloud.endpoints.s3))
  const claim = { input: { id: pendingId, owner, status: 'PROCESSING' } }
  const url = `${run.cloud.endpoints.appsync}/graphql`
  const { recordImageProcessed } = await executeAsOperator(url, operator, RECORD_IMAGE_PROCESSED, claim)
  operator.destroy()
  const { mediaKey } = recordImageProcessed as { mediaKey: string }
  await putMedia(run, `processed/${mediaKey}/160.webp`)
  await putMedia(run, `labelling/${mediaKey}.jpeg`)
  const object = { key: `originals/${owner}/${pendingId}`, size: picture.length }
  const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'originals' }, object } }
  const deadLetter = JSON.stringify({ Records: [record] })
  const done = await consume(run, 'ArrivalQueueDeadLetters', 'ProcessingRecordFailure', deadLetter)
  return `${await pendingStatus(run)}, ${done}, ${await countMedia(run, mediaKey)} objects`
}

/** A check that is due, of an upload that never came. */
async function expireUpload(run: Run): Promise<string> {
  const { owner, pendingId: id } = run.prepared
  const done = await consume(run, 'ExpiryQueueChecks', 'ExpiryExpireUpload', writeUploadCheck({ owner, id }))
  return `${await pendingStatus(run)}, ${done}`
}

/** A question to Rekognition that was put off, of an image that is READY. */
async function labelImage(run: Run, queue: 'Labels' | 'DeadLabels'): Promise<string> {
  const { owner, readyId: id, variantPath } = run.prepared
  const [, , mediaKey = ''] = variantPath.split('/')
  const key = `labelling/${mediaKey}.jpeg`
  await putMedia(run, key)
  const request = JSON.stringify({ id, owner, mediaKey, question: 'labels' })
  const done = await consume(run, `LabelQueue${queue}`, 'LabellingLabelImage', request)
  return `${done}, ${await countMedia(run, key)} objects`
}

/** The event of a log file that is counted already, and a log file that tells of one who looked at the READY image. */
async function countViews(run: Run): Promise<string> {
  const { cloud, prepared } = run
  const Bucket = physicalIdOf(cloud, 'AWS::S3::Bucket', 'AccessLogsBucket')
  const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: Bucket }, object: { key: 'gone.gz' } } }
  const done = await consume(run, 'AccessLogsLogFiles', 'CountViews', JSON.stringify({ Records: [record] }))
  const s3 = new S3Client(clientOptions(run, cloud.endpoints.s3))
  const log = accessLog([{ path: prepared.variantPath, at: new Date(0) }])
  await s3.send(new PutObjectCommand({ Bucket, Key: 'E1.gz', Body: gzipSync(log) }))
  const ends = ['log file counted', 'log file was not counted', 'notification was not taken', 'poll failed']
  const line = await run.line((text) => text.includes('"E1.gz"') || ends.slice(1).some((end) => text.includes(end)))
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket }))
  s3.destroy()
  const end = ends.find((each) => line.includes(each)) ?? line
  return `${done}, ${end}, ${KeyCount} log files left`
}

/** Whether who subscribed is told shows in what was asked of IAM alone: the mutation is done without. */
async function deleteImage(run: Run): Promise<string> {
  const answer = await ask(run, `mutation { deleteImage(id: "${run.prepared.readyId}") { id } }`)
  const isTold = run.asked.some(({ request, allowed }) => allowed && request.resource.endsWith('/publishImageChange'))
  return isTold ? `${answer}, told` : answer
}

/** The removal of a deleted image, which is due. */
async function removeImage(run: Run): Promise<string> {
  const { owner, readyId: id } = run.prepared
  await deleteImage(run)
  const mediaKey = mediaKeyOf(run)
  await putMedia(run, `labelling/${mediaKey}.jpeg`)
  const removal = JSON.stringify({ kind: 'deleted', images: [{ id, owner, mediaKey, wasShown: true }] })
  const done = await consume(run, 'RemovalQueueRemovals', 'RemovalRemoveImage', removal)
  const s3 = new S3Client(clientOptions(run, run.cloud.endpoints.s3))
  const Bucket = run.cloud.assembly.outputs.OriginalsBucketName
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `originals/${owner}/${id}` }))
  s3.destroy()
  return `${done}, ${await countMedia(run, mediaKey)} objects, ${Versions.length} originals`
}

/** What the owner of an image that is READY does to have it developed once more. */
async function reprocessImage(run: Run): Promise<string> {
  const { readyId } = run.prepared
  const answer = await ask(run, `mutation { reprocessImage(id: "${readyId}") { id } }`)
  if (answer !== 'ok') return answer
  const ends = ['image finished', 'original failed']
  const line = await run.line((text) => ends.some((end) => text.includes(end)))
  const end = ends.find((each) => line.includes(each)) ?? line
  const { data } = await execute(run, `{ image(id: "${readyId}") { variants { url } } }`)
  const { variants } = data?.image as { variants: { url: string }[] }
  const isNew = variants.every(({ url }) => !url.includes(mediaKeyOf(run))) && variants.length > 0
  return isNew ? `${end}, under another media key` : end
}

/** Of the image that is READY. */
function mediaKeyOf({ prepared }: Run): string {
  return prepared.variantPath.split('/')[2] ?? ''
}

async function pendingStatus(run: Run): Promise<string> {
  const { data } = await execute(run, `{ image(id: "${run.prepared.pendingId}") { status } }`)
  return (data?.image as { status: string }).status
}

/** Sends a message by the operator's hand; answers what became of it. */
async function consume(run: Run, queue: string, consumer: string, MessageBody: string): Promise<string> {
  const { cloud } = run
  const sqs = new SQSClient(clientOptions(run, cloud.endpoints.aws))
  await sqs.send(new SendMessageCommand({ QueueUrl: physicalIdOf(cloud, 'AWS::SQS::Queue', queue), MessageBody }))
  sqs.destroy()
  const line = await run.line((text) => text.includes('batch done') && text.includes(consumer))
  return String(/\d+ of \d+ messages deleted/.exec(line)?.[0])
}

/** @param name without the hash that the CDK puts behind it */
function physicalIdOf({ assembly }: Run['cloud'], type: string, name: string): string | undefined {
  return assembly.resources.find((each) => each.type === type && readable(each.logicalId) === name)?.physicalId
}

import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redriveDeadLetters, redriveImages } from '../../client/redrive-messages.ts'
import { DEAD_LETTERS, findQueues, IMAGE_QUEUES } from '../../client/redrive-queues.ts'
import { ROOT } from '../../infra/synth.ts'
import { amplifyOutputs } from '../../local/amplify-outputs.ts'
import { AwsError } from '../../local/aws/errors.ts'
import type { Authorizer } from '../../local/aws/iam.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'
import { writeOperatorEnvironment } from '../../local/operator-environment.ts'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { givenTemplate, propertiesOf } from '../infra/given.ts'
import { givenAmplify, put, uploadInput } from './given-cloud.ts'
import { givenMovedCloud, type MovedCloud } from './given-moved-cloud.ts'

const execute = promisify(execFile)

/** How long a message of the arrivals' queue stays hidden, and how often an image is tried. */
const VISIBILITY_TIMEOUT_MS = 360_000
const ATTEMPTS = 3

/** What the redrive waits for messages that there are none of. */
const LONG_POLL_MS = 2_000

/** IAM as it is, but for an outage in which no function may read an original. */
function givenOutage(): { authorizer: Authorizer; outage: { on: boolean } } {
  const { authorize } = createAuthorizer()
  const outage = { on: false }
  return {
    outage,
    authorizer: {
      authorize(caller, request) {
        if (outage.on && caller.kind === 'role' && request.action === 's3:GetObjectVersion') {
          throw new AwsError('AccessDenied', 'There is an outage.', 403)
        }
        authorize(caller, request)
      },
    },
  }
}

const { authorizer, outage } = givenOutage()
let given: MovedCloud
let darkroom: Awaited<ReturnType<typeof givenAmplify>>
let picture: Fixture
let sqs: SQSClient
let s3: S3Client

beforeAll(async () => {
  given = await givenMovedCloud({ authorizer })
  darkroom = await givenAmplify(given.cloud)
  picture = await fixture('icon')
  const { endpoints, assembly, credentialsFor } = given.cloud
  const common = { region: assembly.region, credentials: credentialsFor('operator') }
  sqs = new SQSClient({ ...common, endpoint: endpoints.aws })
  s3 = new S3Client({ ...common, endpoint: endpoints.s3 })
})
afterAll(async () => {
  sqs?.destroy()
  s3?.destroy()
  await given?.stop()
})

/** What `npm run redrive` does. */
async function redrive() {
  const { clock, cloud } = given
  const services = { sqs, s3, startedAt: clock.now() }
  const queues = await findQueues(sqs, cloud.assembly.stackName)
  clock.impatience = LONG_POLL_MS
  const images = await redriveImages(queues, services)
  const letters: Record<string, number> = {}
  for (const kind of queues.deadLetters) letters[kind.what] = await redriveDeadLetters(kind, services)
  clock.impatience = undefined
  return { images, letters }
}

async function upload(): Promise<{ id: string; owner: string }> {
  const { image, upload: ticket } = await darkroom.requestUpload(uploadInput(picture))
  expect((await put(ticket, picture.bytes)).status).toBe(200)
  return image
}

async function deleteOriginal({ id, owner }: { id: string; owner: string }): Promise<void> {
  const Bucket = given.cloud.assembly.outputs.OriginalsBucketName
  const Key = `originals/${owner}/${id}`
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }))
  for (const { VersionId } of Versions) await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))
}

/** Waits until that many messages are done with. */
async function deleted(messages: number): Promise<void> {
  for (let done = 0; done < messages;) done += Number(/batch done, (\d+) of/.exec(await given.line('batch done'))?.[1])
}

/** Sends what S3 would send once more. */
async function repeatEvent({ id, owner }: { id: string; owner: string }): Promise<void> {
  const { OriginalsBucketName: name, ArrivalsQueueUrl: QueueUrl } = given.cloud.assembly.outputs
  const object = { key: `originals/${owner}/${id}`, size: picture.bytes.length }
  const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name }, object } }
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ Records: [record] }) }))
}

describe('a redrive', () => {
  it('turns what FAILED in an outage READY, leaves what has no original, and hears of no repeated event', async () => {
    const events = await darkroom.onImageProcessed({})
    outage.on = true
    const images = [await upload(), await upload()]
    const [kept, lost] = images as [(typeof images)[0], (typeof images)[0]]
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      for (let tried = 0; tried < images.length; tried += 1) await given.line('batch done, 0 of 1 messages deleted')
      given.clock.advance(VISIBILITY_TIMEOUT_MS)
    }
    const failed = { status: 'FAILED', failure: { code: 'PROCESSING_FAILED', retryable: true } }
    expect([await events.next(), await events.next()]).toMatchObject([failed, failed])
    outage.on = false
    await deleted(images.length)
    const before = await darkroom.image(kept.id)

    await repeatEvent(kept)
    expect(await given.line('image left alone')).toContain('already-finished')
    expect(await darkroom.image(kept.id)).toEqual(before)

    await deleteOriginal(lost)
    expect((await redrive()).images).toEqual({ sent: 1, gone: 1, unreadable: 0 })
    expect(await events.next()).toMatchObject({
      id: kept.id, status: 'READY', failure: null, version: before!.version + 2,
    })
    expect(await darkroom.image(lost.id)).toMatchObject(failed)

    expect((await redrive()).images).toEqual({ sent: 0, gone: 0, unreadable: 0 })
    await repeatEvent(kept)
    expect(await given.line('image left alone')).toContain('already-finished')
    expect(events.waiting()).toBe(0)
    events.stop()
  })

  it('leaves what is no S3 event where it is, and sends back what could not be done besides', async () => {
    const { FailedQueueUrl, ExpiryDeadLetterQueueUrl, RemovalsDeadLetterQueueUrl } = given.cloud.assembly.outputs
    const { deadLetters } = await findQueues(sqs, given.cloud.assembly.stackName)
    const { image: { id, owner } } = await darkroom.requestUpload(uploadInput(picture))
    const send = (QueueUrl: string | undefined, MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
    await send(FailedQueueUrl, 'hello')
    await send(ExpiryDeadLetterQueueUrl, JSON.stringify({ id, owner }))
    const images = [{ id, owner, mediaKey: 'none', wasShown: false }]
    await send(RemovalsDeadLetterQueueUrl, JSON.stringify({ kind: 'deleted', images }))
    const logFile = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'logs' }, object: { key: 'counted.gz' } } }
    await send(deadLetters.find(({ what }) => what === 'log files')?.from, JSON.stringify({ Records: [logFile] }))
    const events = await darkroom.onImageProcessed({ id })
    expect(await redrive()).toEqual({
      images: { sent: 0, gone: 0, unreadable: 1 }, letters: { 'upload checks': 1, removals: 1, 'log files': 1 },
    })
    expect(await events.next()).toMatchObject({ id, status: 'EXPIRED' })
    expect(await given.line('images removed')).toContain('"kept":1')
    expect(await given.line('counted.gz')).toContain('count-views')
    events.stop()
  })
})

describe('the command', () => {
  const run = async (...args: string[]) => {
    const outputs = join(given.cloud.dataDir, 'amplify_outputs.json')
    const { endpoints, assembly, demoUser } = given.cloud
    await writeFile(outputs, JSON.stringify(amplifyOutputs(assembly, endpoints, demoUser)))
    const operator = writeOperatorEnvironment(given.cloud)
    const command = ['--import', 'tsx', 'client/redrive.ts', '--outputs', outputs, '--operator', operator, ...args]
    return execute(process.execPath, command, { cwd: ROOT }).catch((error: { code: number; stderr: string }) => error)
  }

  it('says what it would send back', async () => {
    expect(await run('--dry-run')).toMatchObject({
      stdout: '0 failed images, 0 upload checks, 0 removals and 0 log files would be sent back.\n',
    })
  })

  it.each([
    [['--stack', 'Elsewhere'], /^Expected one queue named Elsewhere-ProcessingFailed\.\.\., found 0\..*\n$/],
    [['--operator', '/nowhere'], /^Could not read \/nowhere\..*\n$/],
    [['--twice'], /^Unknown option '--twice'\. See --help\.\n$/],
  ])('refuses %o in one line', async (args, line) => {
    expect(await run(...args)).toMatchObject({ code: 1, stderr: expect.stringMatching(line) })
  })
})

describe('the queues of a redrive', () => {
  const template = givenTemplate()

  it('have the names that the stack gives them', () => {
    const names = Object.keys(propertiesOf(template.template, 'AWS::SQS::Queue'))
    const letters = DEAD_LETTERS.flatMap(({ from, to }) => [from, to])
    for (const name of [...Object.values(IMAGE_QUEUES), ...letters]) expect(names.filter((other) => other.startsWith(name))).toEqual([name])
  })

  it('are not found in a stack that is not there', async () => {
    await expect(findQueues(sqs, 'Elsewhere')).rejects.toThrow('Elsewhere-ProcessingFailed')
  })
})

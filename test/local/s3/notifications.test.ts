import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../../local/aws/resource.ts'
import { encodeEventKey } from '../../../local/s3/events.ts'
import type { S3Notification } from '../../../local/s3/notifications.ts'
import { BUCKET, bucket, type Given, REGION, type Running, startS3, VERSIONED } from './given.ts'

const QUEUE = `arn:aws:sqs:${REGION}:000000000000:arrivals`

function configuration(properties: Record<string, unknown> = {}, rule: Record<string, unknown> = {}): Resource {
  return {
    logicalId: 'Notifications',
    type: 'Custom::S3BucketNotifications',
    physicalId: 'Notifications',
    attributes: {},
    properties: {
      BucketName: BUCKET,
      SkipDestinationValidation: true,
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Id: 'arrivals',
            Events: ['s3:ObjectCreated:*'],
            QueueArn: QUEUE,
            Filter: {
              Key: {
                FilterRules: [
                  { Name: 'prefix', Value: 'originals/' },
                  { Name: 'suffix', Value: '.jpg' },
                ],
              },
            },
            ...rule,
          },
        ],
      },
      ...properties,
    },
  }
}

/** Takes notifications, and lets a test wait for the next one. */
class Inbox {
  readonly #taken: S3Notification[] = []
  readonly #waiting: ((notification: S3Notification) => void)[] = []
  readonly notify = (notification: S3Notification): void => {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(notification)
    else this.#taken.push(notification)
  }

  next(): Promise<S3Notification> {
    const taken = this.#taken.shift()
    return taken ? Promise.resolve(taken) : new Promise((resolve) => this.#waiting.push(resolve))
  }

  get isEmpty(): boolean {
    return this.#taken.length === 0
  }
}

const record = ({ body }: S3Notification) =>
  (JSON.parse(body) as { Records: [Record<string, unknown> & { s3: { object: Record<string, unknown> } }] }).Records[0]

let dataDir: string
let running: Running | undefined
let inbox: Inbox
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'darkroom-notifications-'))
  inbox = new Inbox()
})
afterEach(async () => {
  await running?.stop()
  rmSync(dataDir, { recursive: true })
})

async function start(given: Given = {}): Promise<Running> {
  running = await startS3({ dataDir, notify: inbox.notify, resources: [bucket(VERSIONED), configuration()], ...given })
  return running
}

const put = (Key: string, Body = 'x') => running?.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }))

describe('what is told', () => {
  it("tells of a PUT in S3's words", async () => {
    await start()
    const stored = await put('originals/me/a photo+ü(1).jpg', 'hello')
    const notification = await inbox.next()
    expect(notification).toMatchObject({ queueArn: QUEUE, sourceArn: `arn:aws:s3:::${BUCKET}` })
    expect(record(notification)).toMatchObject({
      eventVersion: expect.stringMatching(/^2\.\d+$/),
      eventSource: 'aws:s3',
      awsRegion: REGION,
      eventName: 'ObjectCreated:Put',
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      userIdentity: { principalId: 'AWS:signer' },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'arrivals',
        bucket: { name: BUCKET, arn: `arn:aws:s3:::${BUCKET}` },
        object: {
          key: 'originals/me/a+photo%2B%C3%BC%281%29.jpg',
          size: 5,
          eTag: '5d41402abc4b2a76b9719d911017c592',
          versionId: stored?.VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{16,}$/),
        },
      },
    })
  })

  it('tells only of keys that the filter lets through', async () => {
    await start()
    await put('processed/a.jpg')
    await put('originals/a.png')
    await put('originals/a.jpg')
    expect(record(await inbox.next()).s3.object.key).toBe('originals/a.jpg')
    expect(inbox.isEmpty).toBe(true)
  })

  it('tells of copies and removals by their names, with rising sequencers', async () => {
    const rule = { Events: ['s3:ObjectCreated:Copy', 's3:ObjectRemoved:*'], Filter: undefined }
    const { client } = await start({ resources: [bucket(VERSIONED), configuration({}, rule)] })
    const stored = await put('a')
    await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'b', CopySource: `${BUCKET}/a` }))
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a' }))
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a', VersionId: stored?.VersionId }))
    const records = [record(await inbox.next()), record(await inbox.next()), record(await inbox.next())]
    expect(records.map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Copy',
      'ObjectRemoved:DeleteMarkerCreated',
      'ObjectRemoved:Delete',
    ])
    const [first, second] = records.map(({ s3 }) => String(s3.object.sequencer))
    expect(first! < second!).toBe(true)
  })

  it('sends a test event to a queue when it becomes a destination, once', async () => {
    const resources = [bucket(VERSIONED), configuration({ SkipDestinationValidation: false })]
    await (await start({ resources })).stop()
    expect(JSON.parse((await inbox.next()).body)).toMatchObject({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Bucket: BUCKET,
    })
    await start({ resources })
    await put('originals/a.jpg')
    expect(record(await inbox.next()).eventName).toBe('ObjectCreated:Put')
  })

  it('refuses EventBridge by name', async () => {
    const notificationConfiguration = { EventBridgeConfiguration: {} }
    await expect(
      startS3({ resources: [bucket(), configuration({ NotificationConfiguration: notificationConfiguration })] }),
    ).rejects.toMatchObject({ code: 'NotImplemented' })
  })
})

describe('at least once', () => {
  it('tries again later when nobody took it', async () => {
    const timers: (() => void)[] = []
    let attempts = 0
    let refused: () => void = () => undefined
    const refusal = new Promise<void>((resolve) => {
      refused = resolve
    })
    await start({
      clock: {
        now: Date.now,
        after: (_ms, callback) => {
          timers.push(callback)
          refused()
          return { cancel: () => undefined }
        },
      },
      notify(notification) {
        attempts += 1
        if (attempts === 1) throw new Error('the queue is away')
        inbox.notify(notification)
      },
    })
    await put('originals/a.jpg')
    await refusal
    expect(readdirSync(join(dataDir, 'outbox'))).toHaveLength(1)
    timers.forEach((fire) => fire())
    expect(record(await inbox.next()).s3.object.key).toBe('originals/a.jpg')
  })

  it('tells after a restart of what was stored before it', async () => {
    const deaf = await start({
      notify: () => {
        throw new Error('the queue is away')
      },
    })
    await put('originals/a.jpg')
    await deaf.stop()
    await start()
    expect(record(await inbox.next()).s3.object.key).toBe('originals/a.jpg')
    await running?.stop()
    expect(readdirSync(join(dataDir, 'outbox'))).toEqual([])
  })
})

it('encodes keys as forms do, but for slashes', () => {
  expect(encodeEventKey("a b/c+d~e'(f)*é.jpg")).toBe('a+b/c%2Bd%7Ee%27%28f%29*%C3%A9.jpg')
})

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../local/clock.ts'
import { Notifications, type S3Notification } from '../../../local/s3/notifications.ts'
import { Sequence } from '../../../local/s3/sequencer.ts'
import { Storage } from '../../../local/s3/storage.ts'
import { NULL_VERSION_ID, type StoredVersion } from '../../../local/s3/stored-version.ts'
import { BUCKET, contextFor } from './given.ts'
import { handClock } from '../sigv4/given.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'darkroom-storage-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const version = (storage: Storage, key: string, versionId = NULL_VERSION_ID): StoredVersion => ({
  bucket: BUCKET,
  key,
  versionId,
  sequencer: storage.sequence.next(),
  lastModified: '2026-11-20T10:00:00.000Z',
  deleteMarker: false,
  byteSize: 1,
  etag: 'x',
  systemMetadata: {},
  userMetadata: {},
  encryption: { algorithm: 'AES256' },
})

function store(storage: Storage, stored: StoredVersion, beforeVisible: () => void = () => undefined): StoredVersion {
  const path = storage.temporaryFile()
  writeFileSync(path, 'x')
  storage.commit(stored, path, beforeVisible)
  return stored
}

const bodies = (): string[] =>
  readdirSync(join(dataDir, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bytes'))

describe('after a restart', () => {
  it('knows every version, newest first', () => {
    const before = new Storage(dataDir, systemClock)
    const [first, second] = [
      store(before, version(before, 'key', 'a'.repeat(32))),
      store(before, version(before, 'key', 'b'.repeat(32))),
    ]
    expect(new Storage(dataDir, systemClock).versions(BUCKET, 'key')).toEqual([second, first])
  })

  it('knows nothing of a PUT that a kill ended halfway, and keeps none of its bytes', () => {
    const before = new Storage(dataDir, systemClock)
    store(before, version(before, 'whole'))
    writeFileSync(before.temporaryFile(), 'half a body')
    const killed = () =>
      store(before, version(before, 'halfway'), () => {
        throw new Error('killed')
      })
    expect(killed).toThrow('killed')
    expect(bodies()).toHaveLength(2)
    const after = new Storage(dataDir, systemClock)
    expect(after.keys(BUCKET)).toEqual(['whole'])
    expect(bodies()).toHaveLength(1)
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
  })

  it('keeps one null version of a key', () => {
    const before = new Storage(dataDir, systemClock)
    store(before, version(before, 'key'))
    const newest = store(before, version(before, 'key'))
    expect(new Storage(dataDir, systemClock).versions(BUCKET, 'key')).toEqual([newest])
    expect(bodies()).toHaveLength(1)
  })

  it('goes on with greater sequencers, even when the clock was put back', () => {
    const before = new Sequence(handClock('2026-11-20T10:00:00Z'))
    const last = before.next()
    const after = new Sequence(handClock('2020-01-01T00:00:00Z'))
    after.seen(last)
    expect(after.next() > last).toBe(true)
  })
})

describe('a kill between storing and sending', () => {
  const event = (stored: StoredVersion) => ({
    name: 'ObjectCreated:Put' as const,
    version: stored,
    caller: { kind: 'anonymous' as const },
    requestId: 'id',
    sourceIp: '127.0.0.1',
    bucket: {
      name: BUCKET,
      arn: `arn:aws:s3:::${BUCKET}`,
      encryption: { algorithm: 'AES256' },
      restrictPublicBuckets: true,
    },
  })
  const configured = (sent: S3Notification[]) => {
    const notifications = new Notifications(contextFor({}, dataDir), (notification) => {
      sent.push(notification)
    })
    const rule = { id: 'all', events: ['s3:ObjectCreated:*'], prefix: '', suffix: '', destination: { queueArn: 'arn' } }
    notifications.configure([{ bucketName: BUCKET, skipDestinationValidation: true, rules: [rule] }], new Map())
    return notifications
  }

  it('sends what was stored, and drops what was not', async () => {
    mkdirSync(dataDir, { recursive: true })
    const before = new Storage(dataDir, systemClock)
    const killed = configured([])
    const kept = version(before, 'kept')
    store(before, kept, () => {
      killed.prepare(event(kept))
    })
    killed.prepare(event(version(before, 'never stored')))

    const sent: S3Notification[] = []
    const after = configured(sent)
    after.replay(new Storage(dataDir, systemClock))
    await after.stop()
    expect(
      sent.map(
        ({ body }) => (JSON.parse(body) as { Records: [{ s3: { object: { key: string } } }] }).Records[0].s3.object.key,
      ),
    ).toEqual(['kept'])
    expect(readdirSync(join(dataDir, 'outbox'))).toEqual([])
  })
})

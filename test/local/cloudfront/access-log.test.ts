import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../../../local/aws/context.ts'
import { createAccessLog, LOG_DELIVERY_MS } from '../../../local/cloudfront/access-log.ts'
import { createCloudFront } from '../../../local/cloudfront/cloudfront.ts'
import { readDistribution } from '../../../local/cloudfront/distribution.ts'
import { ACCOUNT_ID, bucket, contextFor, listen, rawRequest, startS3 } from '../s3/given.ts'
import { HandClock } from '../sqs/hand-clock.ts'
import { bucketPolicy, distribution, DISTRIBUTION_ID, originAccessControl, responseHeadersPolicy } from './given.ts'
import { ENTRY, FIELDS } from './given-log.ts'

const LOGS = 'darkroom-logs'
const bucketOwnedBy = (ObjectOwnership: string) => bucket({ OwnershipControls: { Rules: [{ ObjectOwnership }] } }, LOGS)
const logBucket = bucketOwnedBy('BucketOwnerPreferred')
const logging = { Logging: { Bucket: `${LOGS}.s3.eu-central-1.amazonaws.com`, Prefix: 'cdn/' } }

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A distribution that logs, by a clock of the test. */
async function givenLoggedEdge() {
  const clock = new HandClock(Date.UTC(2026, 10, 20, 11, 55))
  const delivered: { bucketName: string; key: string; lines: string[][] }[] = []
  const said: string[] = []
  let hear: () => void = () => {}
  const dataDir = mkdtempSync(join(tmpdir(), 'darkroom-cloudfront-'))
  const context: ServiceContext = {
    ...contextFor({ clock }, dataDir),
    log(_level, _service, message) {
      said.push(message)
      hear()
    },
  }
  const answer = { version: { byteSize: 10, lastModified: new Date(0).toISOString() }, etag: '"e"', headers: {} }
  const cloudFront = createCloudFront(context, {
    getObject: async (_bucket, key) => {
      if (key.includes('slow')) {
        context.log('debug', 'test', 'Asked for something slow')
        return new Promise(() => {})
      }
      const open = ({ first = 0, last = 9 } = {}) => Readable.from(['0123456789'.slice(first, last + 1)])
      return { ...answer, open } as never
    },
    preflight: () => ({ status: 403 }),
    async deliverLog(bucketName, key, bytes) {
      const lines = gunzipSync(bytes).toString().trimEnd().split('\n').map((line) => line.split('\t'))
      delivered.push({ bucketName, key, lines })
    },
  })
  cloudFront.deploy([
    bucket(), bucketPolicy(), logBucket, originAccessControl, responseHeadersPolicy, distribution(logging),
  ])
  const { server, endpoint } = await listen(cloudFront.handler)
  undo.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    rmSync(dataDir, { recursive: true })
  })
  /** Waits until this has been said so often in all. */
  const heard = (message: string, times: number): Promise<void> => new Promise((resolve) => {
    hear = () => {
      if (said.filter((each) => each === message).length >= times) resolve()
    }
    hear()
  })
  return { clock, cloudFront, delivered, endpoint, heard }
}

describe('a distribution that logs', () => {
  it('leaves a file a minute after the first request of it, with a line for each', async () => {
    const { clock, cloudFront, delivered, endpoint, heard } = await givenLoggedEdge()
    await rawRequest(`${endpoint}/processed/k/480.webp?x=1`, { headers: { referer: 'https://a.example/' } })
    await rawRequest(`${endpoint}/processed/k/480.webp`, { headers: { range: 'bytes=2-5' } })
    await rawRequest(`${endpoint}/processed/k/480.webp`, { method: 'HEAD' })
    await rawRequest(`${endpoint}/processed/k/480.webp`, { method: 'DELETE' })
    await heard('A request was logged', 4)
    clock.advance(LOG_DELIVERY_MS - 1)
    expect(delivered).toEqual([])
    clock.advance(1)
    await heard('A log file was delivered', 1)

    const [{ bucketName, key, lines } = { lines: [] as string[][] }] = delivered
    expect(bucketName).toBe(LOGS)
    expect(key).toMatch(new RegExp(`^cdn/${DISTRIBUTION_ID}\\.2026-11-20-11\\.[0-9a-f]{8}\\.gz$`))
    const [version, fields, ...requests] = lines
    expect([version, fields]).toEqual([['#Version: 1.0'], [`#Fields: ${FIELDS}`]])
    const column = (name: string) => requests.map((values) => values[FIELDS.split(' ').indexOf(name)])
    expect(column('time')).toEqual(['11:55:00', '11:55:00', '11:55:00', '11:55:00'])
    expect(column('cs-method')).toEqual(['GET', 'GET', 'HEAD', 'DELETE'])
    expect(column('sc-status')).toEqual(['200', '206', '200', '403'])
    expect(column('cs-uri-stem')).toEqual(Array(4).fill('/processed/k/480.webp'))
    expect(column('cs-uri-query')).toEqual(['x=1', '-', '-', '-'])
    expect(column('cs(Referer)')).toEqual(['https://a.example/', '-', '-', '-'])
    expect(column('sc-content-len').slice(0, 2)).toEqual(['10', '4'])
    expect(column('sc-range-start')).toEqual(['-', '2', '-', '-'])
    expect(column('sc-range-end')).toEqual(['-', '5', '-', '-'])
    expect(column('x-edge-result-type')).toEqual(['Miss', 'Hit', 'Hit', 'Error'])
    expect(column('x-edge-location')).toEqual(['-', '-', '-', '-'])
    for (const bytes of column('sc-bytes')) expect(Number(bytes)).toBeGreaterThan(100)
    await cloudFront.stop()
    expect(delivered).toHaveLength(1)
  })

  it('leaves what it has when it stops, of a viewer too who went away before the answer', async () => {
    const { cloudFront, delivered, endpoint, heard } = await givenLoggedEdge()
    const socket = connect(Number(new URL(endpoint).port), '127.0.0.1')
    socket.write('GET /processed/slow/480.webp HTTP/1.1\r\nhost: a\r\n\r\n')
    await heard('Asked for something slow', 1)
    socket.resetAndDestroy()
    await heard('A request was logged', 1)
    await cloudFront.stop()
    const [, , request] = delivered[0]?.lines ?? []
    expect(request?.[FIELDS.split(' ').indexOf('sc-status')]).toBe('000')
  })

  it('writes a file an hour, and goes on when one could not be delivered', async () => {
    const clock = new HandClock()
    const keys: string[] = []
    const logs: string[] = []
    const log = createAccessLog(
      { ...contextFor({ clock }, ''), log: (level, _service, message) => void logs.push(`${level} ${message}`) },
      {
        async deliverLog(_bucket, key) {
          keys.push(key)
          if (keys.length === 1) throw new Error('the disk is full')
        },
      },
      'E1',
      { bucketName: LOGS, prefix: '', includeCookies: false },
    )
    log.record(ENTRY)
    log.record({ ...ENTRY, finishedAtMs: ENTRY.finishedAtMs + 3_600_000 })
    await log.stop()
    const hours = ['E1.2026-11-20-11', 'E1.2026-11-20-12']
    expect(keys.map((key) => key.slice(0, 'E1.2026-11-20-11'.length)).sort()).toEqual(hours)
    expect(logs).toContain('error A log file could not be delivered')
  })
})

describe('the bucket of the log', () => {
  it.each([
    ['has no ACLs', bucket({}, LOGS), 'does not enable ACL access'],
    ['is its owner\'s alone', bucketOwnedBy('BucketOwnerEnforced'), 'does not enable ACL access'],
    ['is not the template\'s', bucket({}, 'another'), 'Expected a bucket of the template'],
  ])('is refused at the start when it %s', (_why, resource, message) => {
    const resources = [bucket(), resource, originAccessControl, responseHeadersPolicy, distribution(logging)]
    expect(() => readDistribution(resources, ACCOUNT_ID)).toThrow(message)
  })

  it('tells of a file as of any other object, by the account that delivers logs', async () => {
    const told: string[] = []
    const queueArn = 'arn:aws:sqs:eu-central-1:000000000000:logs'
    const notification = {
      logicalId: 'N', type: 'Custom::S3BucketNotifications', physicalId: 'N', attributes: {},
      properties: {
        BucketName: LOGS,
        NotificationConfiguration: { QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], QueueArn: queueArn }] },
        SkipDestinationValidation: true,
      },
    }
    const resources = [logBucket, notification]
    const s3 = await startS3({ resources, notify: ({ body }) => void told.push(body) })
    undo.push(() => s3.stop())
    await s3.s3.deliverLog(LOGS, 'E1.gz', Buffer.from('zipped'))
    await s3.s3.stop()
    const created = told.map((body) => JSON.parse(body) as { Records?: Record<string, unknown>[] }).at(-1)
    expect(created?.Records).toMatchObject([{
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: 'AWS:delivery.logs.amazonaws.com' },
      s3: { bucket: { name: LOGS }, object: { key: 'E1.gz', size: 6 } },
    }])
    expect(s3.asked).toEqual([])
  })
})

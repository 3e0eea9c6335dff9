import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { RecordImageViewsInput } from '../../generated/graphql.ts'
import { countViews } from '../../functions/lib/count-views.ts'
import { readLogFiles } from '../../functions/lib/log-files.ts'
import { createViewRecords, VIEWS_PER_REQUEST } from '../../functions/lib/view-records.ts'
import { accessLog, variantPath } from '../views/access-logs.ts'
import { givenLog } from './given.ts'

const FILE = { bucket: 'the-logs', key: 'EDARKROOM.2026-11-20-11.abcd1234.gz' }
const second = (at: number): Date => new Date(Date.UTC(2026, 10, 20, 11, 55, at))

/** Counts a file; answers what was done, in order. */
async function count(given: { bytes?: Buffer; record?: () => Promise<void> }) {
  const steps: unknown[] = []
  const done = countViews(FILE, {
    files: {
      read: async (file) => {
        steps.push(['read', file])
        return given.bytes && Readable.from([given.bytes])
      },
      remove: async (file) => void steps.push(['remove', file]),
    },
    records: {
      record: async (views) => {
        steps.push(['record', views])
        await given.record?.()
      },
    },
    log: givenLog().log,
  })
  return { steps, error: await done.then(() => undefined, (error: Error) => error.name) }
}

describe('a log file that is counted', () => {
  it('has each image recorded with its views and the last of them, and is deleted after', async () => {
    const requests = [['a', 7], ['b', 3], ['a', 9], ['a', 8]] as const
    const log = accessLog(requests.map(([key, at]) => ({ path: variantPath(key), at: second(at) })))
    const { steps } = await count({ bytes: gzipSync(log) })
    expect(steps).toEqual([
      ['read', FILE],
      ['record', [
        { mediaKey: 'a', logFile: FILE.key, views: 3, lastViewedAt: '2026-11-20T11:55:09Z' },
        { mediaKey: 'b', logFile: FILE.key, views: 1, lastViewedAt: '2026-11-20T11:55:03Z' },
      ]],
      ['remove', FILE],
    ])
  })

  it('is done already when it is gone', async () => {
    expect(await count({})).toEqual({ steps: [['read', FILE]], error: undefined })
  })

  it.each([
    ['its views could not be recorded',
      { bytes: gzipSync(accessLog([])), record: () => Promise.reject(new RangeError()) },
      'RangeError', ['read', 'record']],
    ['it breaks off: nothing of it is recorded',
      { bytes: gzipSync(accessLog([{ path: variantPath('a'), at: second(1) }])).subarray(0, -1) },
      'UnreadableAccessLog', ['read']],
  ])('is kept when %s', async (_why, given, name, done) => {
    const { steps, error } = await count(given)
    expect([error, (steps as [string][]).map(([step]) => step)]).toEqual([name, done])
  })
})

describe('views that are recorded', () => {
  const inputs = (length: number): RecordImageViewsInput[] =>
    Array.from({ length }, (_each, index) =>
      ({ mediaKey: String(index), logFile: 'f', views: 1, lastViewedAt: '2026-11-20T11:55:09Z' }))

  it.each([[0, []], [VIEWS_PER_REQUEST, [25]], [VIEWS_PER_REQUEST + 1, [25, 1]]])(
    'of %i images take %j mutations a request', async (images, expected) => {
      const sent: { query: string; variables: Record<string, unknown> }[] = []
      const execute = async (query: string, variables: Record<string, unknown>) => {
        sent.push({ query, variables })
        return {}
      }
      await createViewRecords({ execute }).record(inputs(images))
      expect(sent.map(({ query }) => query.split('recordImageViews(').length - 1)).toEqual(expected)
      expect(sent.flatMap(({ variables }) => Object.values(variables))).toEqual(inputs(images))
      for (const { query, variables } of sent) {
        for (const name of Object.keys(variables)) {
          expect(query).toContain(`$${name}: RecordImageViewsInput!`)
          expect(query).toContain(`recordImageViews(input: $${name})`)
        }
      }
    },
  )
})

describe('an event of the log bucket', () => {
  const record = (key: string, eventName = 'ObjectCreated:Put') =>
    ({ eventName, s3: { bucket: { name: FILE.bucket }, object: { key } } })

  it('names the log files that came, and none for a test event', () => {
    const Records = [record('cdn/E1.2026-11-20-11.a%2Bb.gz'), record('gone.gz', 'ObjectRemoved:Delete')]
    expect(readLogFiles(JSON.stringify({ Records }))).toEqual([
      { bucket: FILE.bucket, key: 'cdn/E1.2026-11-20-11.a+b.gz' },
    ])
    expect(readLogFiles('{"Event":"s3:TestEvent"}')).toEqual([])
  })

  it('is refused when it is none', () => {
    expect(() => readLogFiles('{}')).toThrow('expected an S3 event with Records, got {}')
  })
})

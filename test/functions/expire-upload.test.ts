import { describe, expect, it } from 'vitest'
import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import { expireUpload } from '../../functions/lib/expire-upload.ts'
import { GraphqlError } from '../../functions/lib/graphql-client.ts'
import type { Reported } from '../../functions/lib/outcomes.ts'
import { readUploadCheck, UPLOAD_CHECK_DELAY_SECONDS, writeUploadCheck } from '../../functions/lib/upload-check.ts'
import { UPLOAD_EXPIRES_SECONDS } from '../../resolvers/lib/limits.ts'
import { givenLog, ID, OWNER } from './given.ts'

const RECORDED = { kind: 'recorded' } as Reported

/** Looks for one upload. */
async function look(given: { has?: () => Promise<boolean>; record?: () => Promise<Reported> }) {
  const { log, lines } = givenLog()
  const asked: string[] = []
  const reports: RecordImageProcessedInput[] = []
  let expired = 0
  const done = expireUpload({ owner: OWNER, id: ID }, {
    log,
    originals: {
      async has(key) {
        asked.push(key)
        return given.has ? given.has() : false
      },
    },
    outcomes: {
      async record(input) {
        reports.push(input)
        return given.record ? given.record() : RECORDED
      },
    },
    tally: { expired: () => void (expired += 1) },
  })
  return { error: await done.then(() => undefined, (error: unknown) => error), asked, reports, lines, expired }
}

describe('an upload that is looked for', () => {
  it('is EXPIRED with UPLOAD_EXPIRED, retryable, when nothing lies under its key', async () => {
    const { asked, reports, expired } = await look({})
    expect(asked).toEqual([`originals/${OWNER}/${ID}`])
    expect(reports).toEqual([{
      id: ID,
      owner: OWNER,
      status: 'EXPIRED',
      failure: {
        code: 'UPLOAD_EXPIRED',
        retryable: true,
        message: 'The file was not uploaded in time: expected the file within 600 seconds, received none.',
      },
    }])
    expect(expired).toBe(1)
  })

  it('is left to the event of S3 when it has come', async () => {
    const { reports, expired, lines } = await look({ has: async () => true })
    expect([reports, expired]).toEqual([[], 0])
    expect(lines).toMatchObject([{ message: 'upload has come' }])
  })

  it.each([
    ['finished', { kind: 'already-finished' } as const, 'already-finished'],
    ['unknown', { kind: 'unknown-image' } as const, 'unknown-image'],
  ])('is done when its image is %s', async (_, reported, outcome) => {
    const { error, expired, lines } = await look({ record: async () => reported })
    expect([error, expired]).toEqual([undefined, 0])
    expect(lines).toMatchObject([{ details: { outcome } }])
  })

  it('is done when its image is being developed', async () => {
    const started = new GraphqlError('InvalidTransition', 'it is PROCESSING', 200)
    const { error, expired } = await look({ record: () => Promise.reject(started) })
    expect([error, expired]).toEqual([undefined, 0])
  })

  it.each([
    ['S3 refuses to tell', { has: () => Promise.reject(new Error('AccessDenied')) }],
    ['the API is not reached', { record: () => Promise.reject(new Error('AccessDenied')) }],
    ['the API refuses', { record: () => Promise.reject(new GraphqlError('AccessDenied', '', 401)) }],
  ])('is looked for again when %s', async (_, failing) => {
    const { error, expired } = await look(failing)
    expect(String(error)).toContain('AccessDenied')
    expect(expired).toBe(0)
  })
})

describe('the message about it', () => {
  it('comes when the presigned URL is no longer good, and SQS can delay it for so long', () => {
    expect(UPLOAD_CHECK_DELAY_SECONDS).toBeGreaterThan(UPLOAD_EXPIRES_SECONDS)
    expect(UPLOAD_CHECK_DELAY_SECONDS).toBeLessThanOrEqual(900)
  })

  it('is read as it was written', () => {
    const check = { owner: OWNER, id: ID }
    expect(readUploadCheck(writeUploadCheck(check))).toEqual(check)
  })

  it.each([
    ['no JSON', 'hello', SyntaxError],
    ['null', 'null', TypeError],
    ['an S3 event', '{"Records":[]}', TypeError],
    ['an id that reaches out of its folder', `{"owner":"${OWNER}","id":"../x"}`, RangeError],
  ])('is refused when it is %s', (_, body, error) => {
    expect(() => readUploadCheck(body)).toThrow(error)
  })
})

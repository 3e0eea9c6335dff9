import { describe, expect, it } from 'vitest'
import type { HandlerContext } from '../../local/appsync/runtime/evaluation.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenContext, givenItem, givenResolver, IAM, ID, MEDIA_BASE_URL, NOW, TABLE_NAME } from './given.ts'

const [index, getMediaItem, getImage, countViews] = ['index', '1.getMediaItem', '2.getImage', '3.countViews'].map(
  (step) => givenResolver(`Mutation.recordImageViews/${step}`),
)

const INPUT = { mediaKey: 'bWVkaWE', logFile: 'E1.2026-11-20-11.a.gz', views: 3, lastViewedAt: '2026-11-20T11:55:16Z' }
const VIEWED = '2026-11-20T11:55:16.000Z'
const SECONDS_A_WEEK = 7 * 24 * 60 * 60

const run = (code: typeof index, handler: 'request' | 'response', members: Partial<HandlerContext> = {}) =>
  code!.evaluate(handler, givenContext({ args: { input: INPUT }, ...members }), IAM)

/** What step 3 asks the table for. */
function asked(current: ImageItem | null, input: Partial<typeof INPUT> = {}) {
  return run(countViews, 'request', { args: { input: { ...INPUT, ...input } }, prev: { result: current } })
}

/** What comes of step 3 when the table answers so. */
function answered(current: ImageItem, reasons?: string[]) {
  const { stash } = asked(current)
  const failure = reasons && {
    result: { keys: null, cancellationReasons: reasons.map((type) => ({ type, message: 'None' })) },
    error: { type: 'DynamoDB:TransactionCanceledException', message: 'Transaction cancelled' },
  }
  const success = { result: { keys: [], cancellationReasons: null } }
  return run(countViews, 'response', { stash, prev: { result: current }, ...(failure ?? success) })
}

const update = (current: ImageItem, input: Partial<typeof INPUT> = {}) => {
  const { transactItems } = asked(current, input).result as { transactItems: Record<string, unknown>[] }
  return transactItems[1]
}

describe('Mutation.recordImageViews', () => {
  it.each([0, -1])('refuses %i views', (views) => {
    expect(run(index, 'request', { args: { input: { ...INPUT, views } } }).error).toMatchObject({
      errorType: 'InvalidViews', message: `views must be 1 or more, got ${views}.`,
    })
  })

  it('finds out whose media key it is, and gets that image as it stands this moment', () => {
    expect(run(getMediaItem, 'request').result).toMatchObject({
      operation: 'GetItem', key: { id: { S: 'MEDIA#bWVkaWE' }, facet: { S: 'MEDIA' } }, consistentRead: true,
    })
    expect(run(getImage, 'request', { prev: { result: { imageId: ID } } }).result).toMatchObject({
      operation: 'GetItem', key: { id: { S: ID }, facet: { S: 'IMAGE' } }, consistentRead: true,
    })
  })

  it('answers null for a media key that no image has, and for an image that is deleted', () => {
    expect(run(getMediaItem, 'response', { result: null }).result).toBeNull()
    expect(run(getImage, 'request', { prev: { result: null } })).toMatchObject({ earlyReturn: { value: null } })
    expect(asked(null)).toMatchObject({ earlyReturn: { value: null } })
    expect(asked(givenItem({ status: 'DELETED' }))).toMatchObject({ earlyReturn: { value: null } })
    expect(run(index, 'response', { prev: { result: null } }).result).toBeNull()
  })

  it('writes a marker that must not be there, and the image without a new version, both or none', () => {
    const expiresAt = Math.floor(Date.parse(NOW) / 1_000) + SECONDS_A_WEEK
    expect(asked(givenItem()).result).toEqual({
      operation: 'TransactWriteItems',
      transactItems: [
        {
          table: TABLE_NAME,
          operation: 'PutItem',
          key: { id: { S: ID }, facet: { S: 'VIEWS#E1.2026-11-20-11.a.gz' } },
          attributeValues: { expiresAtEpochSeconds: { N: expiresAt } },
          condition: { expression: 'attribute_not_exists(#id)', expressionNames: { '#id': 'id' } },
        },
        {
          table: TABLE_NAME,
          operation: 'UpdateItem',
          key: { id: { S: ID }, facet: { S: 'IMAGE' } },
          update: {
            expression: 'SET #lastViewedAt = :lastViewedAt ADD #views :views',
            expressionNames: { '#lastViewedAt': 'lastViewedAt', '#views': 'views' },
            expressionValues: { ':lastViewedAt': { S: VIEWED }, ':views': { N: 3 } },
          },
          condition: {
            expression: '#status <> :deleted AND attribute_not_exists(#lastViewedAt)',
            expressionNames: { '#status': 'status', '#lastViewedAt': 'lastViewedAt' },
            expressionValues: { ':deleted': { S: 'DELETED' } },
          },
        },
      ],
    })
  })

  it.each([
    ['an earlier view', '2026-11-20T11:55:15.999Z', VIEWED],
    ['the same', VIEWED, VIEWED],
    ['a later view', '2026-11-20T11:55:17.000Z', '2026-11-20T11:55:17.000Z'],
  ])('keeps the later moment when %s is known, unless that changed meanwhile', (_what, lastViewedAt, later) => {
    expect(update(givenItem({ views: 4, lastViewedAt }))).toMatchObject({
      update: { expressionValues: { ':lastViewedAt': { S: later } } },
      condition: {
        expression: '#status <> :deleted AND #lastViewedAt = :was', expressionValues: { ':was': { S: lastViewedAt } },
      },
    })
  })

  it('takes a moment in any time zone', () => {
    expect(update(givenItem(), { lastViewedAt: '2026-11-20T13:55:16+02:00' })).toMatchObject({
      update: { expressionValues: { ':lastViewedAt': { S: VIEWED } } },
    })
  })

  it('answers the image as counted', () => {
    const { result } = answered(givenItem({ views: 4, lastViewedAt: NOW }))
    expect(result).toMatchObject({ id: ID, version: 3, views: 7, lastViewedAt: VIEWED })
    expect(run(index, 'response', { prev: { result } }).result).toMatchObject({
      views: 7, variants: [{ url: expect.stringContaining(MEDIA_BASE_URL) }],
    })
  })

  it.each([[['ConditionalCheckFailed', 'None']], [['ConditionalCheckFailed', 'ConditionalCheckFailed']]])(
    'answers the image as it was when the log file is counted already (%j)', (reasons) => {
      const current = givenItem({ views: 4, lastViewedAt: NOW })
      expect(answered(current, reasons)).toMatchObject({ result: current })
    },
  )

  it.each([[['None', 'ConditionalCheckFailed']], [['None', 'TransactionConflict']], [['TransactionConflict', 'None']]])(
    'ends with ImageChangedMeanwhile when somebody else was at the image (%j)', (reasons) => {
      expect(answered(givenItem(), reasons).error).toMatchObject({ errorType: 'ImageChangedMeanwhile' })
    },
  )

  it('ends with ServiceUnavailable when the table fails', () => {
    const members = { prev: { result: givenItem() }, error: { type: 'DynamoDB:InternalServerError', message: 'x' } }
    expect(run(countViews, 'response', members).error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })
})

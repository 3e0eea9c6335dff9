import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { type GivenAppSync, startAppSync } from './given.ts'

/** The request object comes from the client; the answer is what the response handler sees. */
const CODE = `import { util } from '@aws-appsync/utils'
  export function request(ctx) { return JSON.parse(ctx.args.request) }
  export function response(ctx) { return JSON.stringify({ result: ctx.result, error: ctx.error }) }`
const SDL =
  'type Query { a: String } type Mutation { run(request: String!): String @aws_api_key @aws_cognito_user_pools }'
const OPERATOR: Caller = { kind: 'operator', arn: 'arn:aws:iam::123456789012:root' }

let given: GivenAppSync
let lambda: (payload: Record<string, unknown>) => unknown = () => null
beforeAll(async () => {
  given = await startAppSync({
    sdl: SDL,
    resolvers: { 'Mutation.run': { code: CODE, source: 'table' } },
    invokeLambda: (_arn, payload) => Promise.resolve({ payload: lambda(payload as Record<string, unknown>) }),
  })
})
afterAll(() => given.stop())

interface Ran {
  result: unknown
  error?: { type: string; message: string }
}
async function run(request: Record<string, unknown>, headers?: Record<string, string>): Promise<Ran> {
  const { data, errors } = await given.query(
    'mutation ($request: String!) { run(request: $request) }',
    { request: JSON.stringify(request) },
    headers,
  )
  if (errors) throw new Error(`${String(errors[0]?.errorType)}: ${errors[0]?.message}`)
  return readRan(data?.run)
}
/** JSON in resolvers writes null for an absent error. */
function readRan(text: unknown): Ran {
  const { result, error } = JSON.parse(String(text)) as { result: unknown; error: Ran['error'] | null }
  return error ? { result, error } : { result }
}
const key = (id: string, sk = 'a') => ({ id: { S: id }, sk: { S: sk } })
const put = (id: string, attributeValues: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  run({ operation: 'PutItem', key: key(id), attributeValues, ...rest })
beforeEach(async () => {
  const { Items } = await given.dynamodb.call('Scan', { TableName: 'things' }, OPERATOR)
  for (const { id, sk } of Items as Record<string, unknown>[])
    await given.dynamodb.call('DeleteItem', { TableName: 'things', Key: { id, sk } }, OPERATOR)
})

describe('single items', () => {
  it('are written, read, changed and deleted as plain JSON', async () => {
    const values = {
      n: { N: 12345 },
      list: { L: [{ S: 'x' }, { N: '2' }] },
      map: { M: { yes: { BOOL: true }, no: { NULL: true } } },
      set: { SS: ['b', 'a'] },
      ns: { NS: [1, 2] },
      bin: { B: 'AQI=' },
    }
    const item = {
      id: '1',
      sk: 'a',
      n: 12345,
      list: ['x', 2],
      map: { yes: true, no: null },
      set: ['b', 'a'],
      ns: [1, 2],
      bin: 'AQI=',
    }
    expect((await put('1', values)).result).toEqual(item)
    expect((await run({ operation: 'GetItem', key: key('1'), consistentRead: true })).result).toMatchObject({
      ...item,
      set: expect.arrayContaining(['a', 'b']),
    })
    const update = {
      expression: 'SET #n = #n + :one REMOVE bin, ns, #set',
      expressionNames: { '#n': 'n', '#set': 'set' },
      expressionValues: { ':one': { N: 1 } },
    }
    expect((await run({ operation: 'UpdateItem', key: key('1'), update })).result).toEqual({
      id: '1',
      sk: 'a',
      n: 12346,
      list: ['x', 2],
      map: { yes: true, no: null },
    })
    expect((await run({ operation: 'DeleteItem', key: key('1') })).result).toMatchObject({ id: '1', n: 12346 })
    expect((await run({ operation: 'GetItem', key: key('1') })).result).toBeNull()
    expect((await run({ operation: 'DeleteItem', key: key('1') })).result).toBeNull()
  })

  it('are projected', async () => {
    await put('1', { n: { N: 1 }, m: { N: 2 } })
    expect(
      (
        await run({
          operation: 'GetItem',
          key: key('1'),
          projection: { expression: '#n', expressionNames: { '#n': 'n' } },
        })
      ).result,
    ).toEqual({ n: 1 })
  })
})

describe('a failed condition', () => {
  const ABSENT = { expression: 'attribute_not_exists(id)' }
  beforeEach(() => put('1', { name: { S: 'Steve' }, version: { N: 8 } }))

  it('of a PutItem that finds what it wanted to write is a success', async () => {
    expect(await put('1', { name: { S: 'Steve' }, version: { N: '8' } }, { condition: ABSENT })).toEqual({
      result: { id: '1', sk: 'a', name: 'Steve', version: 8 },
    })
    expect(
      await put(
        '1',
        { name: { S: 'Steve' }, version: { N: 9 } },
        { condition: { ...ABSENT, equalsIgnore: ['version'] } },
      ),
    ).toEqual({ result: { id: '1', sk: 'a', name: 'Steve', version: 8 } })
  })

  it('of a PutItem with another item is an error, and the item as it stands is the result', async () => {
    expect(await put('1', { name: { S: 'Eve' } }, { condition: ABSENT })).toEqual({
      result: { id: '1', sk: 'a', name: 'Steve', version: 8 },
      error: {
        type: 'DynamoDB:ConditionalCheckFailedException',
        message: expect.stringMatching(
          /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [0-9A-F]{52}\)$/,
        ),
      },
    })
  })

  it('of a DeleteItem is a success when there is nothing to delete', async () => {
    const condition = { expression: 'version = :v', expressionValues: { ':v': { N: 1 } } }
    expect(await run({ operation: 'DeleteItem', key: key('none'), condition })).toEqual({ result: null })
    expect((await run({ operation: 'DeleteItem', key: key('1'), condition })).error?.type).toBe(
      'DynamoDB:ConditionalCheckFailedException',
    )
  })

  it('of an UpdateItem is always an error', async () => {
    const update = {
      expression: 'SET #name = :name',
      expressionNames: { '#name': 'name' },
      expressionValues: { ':name': { S: 'Steve' } },
    }
    const condition = { expression: 'version = :v', expressionValues: { ':v': { N: 1 } } }
    expect(await run({ operation: 'UpdateItem', key: key('1'), update, condition })).toMatchObject({
      result: { name: 'Steve', version: 8 },
      error: { type: 'DynamoDB:ConditionalCheckFailedException' },
    })
  })

  it('is decided by a Lambda function under the strategy Custom', async () => {
    const condition = {
      ...ABSENT,
      conditionalCheckFailedHandler: { strategy: 'Custom', lambdaArn: 'arn:aws:lambda:decide' },
    }
    const attempt = () => put('1', { name: { S: 'Eve' } }, { condition })
    lambda = (payload) => ({
      action: (payload.currentValue as { version: { N: string } }).version.N === '8' ? 'discard' : 'reject',
    })
    expect(await attempt()).toEqual({ result: { id: '1', sk: 'a', name: 'Steve', version: 8 } })
    lambda = () => ({ action: 'reject' })
    expect((await attempt()).error?.type).toBe('DynamoDB:ConditionalCheckFailedException')
    lambda = () => ({ action: 'retry', retryMapping: { attributeValues: { name: { S: 'Eve' } } } })
    expect(await attempt()).toEqual({ result: { id: '1', sk: 'a', name: 'Eve' } })
  })
})

describe('lists', () => {
  const query = (rest: Record<string, unknown>, id = '1') => ({
    operation: 'Query',
    query: { expression: 'id = :id', expressionValues: { ':id': { S: id } } },
    ...rest,
  })
  interface Page {
    items: { sk: string }[]
    nextToken: string | null
    scannedCount: number
  }
  const page = async (request: Record<string, unknown>, headers?: Record<string, string>) =>
    (await run(request, headers)).result as Page
  beforeEach(async () => {
    for (const sk of ['a', 'b', 'c'])
      await run({ operation: 'PutItem', key: key('1', sk), attributeValues: { odd: { BOOL: sk !== 'b' } } })
  })

  it('come in pages, and the token goes on where the page ended', async () => {
    const first = await page(query({ limit: 2, scanIndexForward: false }))
    expect([first.items.map(({ sk }) => sk), first.scannedCount]).toEqual([['c', 'b'], 2])
    const second = await page(query({ limit: 2, scanIndexForward: false, nextToken: first.nextToken }))
    expect([second.items.map(({ sk }) => sk), second.nextToken]).toEqual([['a'], null])
  })

  it('filter after the limit: an empty page may have a next one', async () => {
    const filter = { expression: 'odd = :no', expressionValues: { ':no': { BOOL: false } } }
    const first = await page(query({ limit: 1, filter }))
    expect([first.items, first.scannedCount, typeof first.nextToken]).toEqual([[], 1, 'string'])
  })

  it('have no limit of their own: DynamoDB knows no largest one, and refuses 0', async () => {
    expect((await page(query({ limit: 100_000 }))).items).toHaveLength(3)
    expect((await run(query({ limit: 0 }))).error?.type).toBe('DynamoDB:ValidationException')
  })

  it('select, and read consistently, as DynamoDB does', async () => {
    const projection = { expression: 'odd' }
    const read = { consistentRead: true, limit: 1 }
    expect((await page(query({ ...read, select: 'SPECIFIC_ATTRIBUTES', projection }))).items).toEqual([{ odd: true }])
    expect((await page(query({ ...read, select: 'ALL_ATTRIBUTES' }))).items).toEqual([
      { id: '1', sk: 'a', odd: true },
    ])
    await expect(run(query({ select: 'COUNT' }))).rejects.toThrow('MappingTemplate: Expected one of ALL_ATTRIBUTES')
  })

  it('scan the whole table', async () => {
    expect((await page({ operation: 'Scan' })).items).toHaveLength(3)
  })

  it('refuse a token that was tampered with, is of another list or of another caller', async () => {
    const { nextToken } = await page(query({ limit: 1 }))
    const token = String(nextToken)
    const tampered = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
    const user = { authorization: await given.token() }
    for (const [request, headers] of [
      [query({ limit: 1, nextToken: tampered })],
      [query({ limit: 1, nextToken: 'nonsense' })],
      [query({ limit: 1, nextToken }, '2')],
      [query({ limit: 1, nextToken, scanIndexForward: false })],
      [{ operation: 'Scan', nextToken }],
      [query({ limit: 1, nextToken }), user],
    ] as [Record<string, unknown>, Record<string, string>?][]) {
      expect(await run(request, headers)).toEqual({
        result: null,
        error: {
          type: 'DynamoDB:UserIllegalArgumentException',
          message: expect.stringContaining('Invalid pagination token given.') as string,
        },
      })
    }
  })
})

describe('batches', () => {
  it('put, get in the order of the keys with null for what is absent, and delete', async () => {
    const items = ['1', '2'].map((id) => ({ ...key(id), n: { N: Number(id) } }))
    expect((await run({ operation: 'BatchPutItem', tables: { things: items } })).result).toEqual({
      data: {
        things: [
          { id: '1', sk: 'a', n: 1 },
          { id: '2', sk: 'a', n: 2 },
        ],
      },
      unprocessedItems: { things: [] },
    })
    expect(
      (await run({ operation: 'BatchGetItem', tables: { things: { keys: [key('2'), key('no'), key('1')] } } })).result,
    ).toEqual({
      data: { things: [{ id: '2', sk: 'a', n: 2 }, null, { id: '1', sk: 'a', n: 1 }] },
      unprocessedKeys: { things: [] },
    })
    expect((await run({ operation: 'BatchDeleteItem', tables: { things: [key('1')] } })).result).toEqual({
      data: { things: [{ id: '1', sk: 'a' }] },
      unprocessedKeys: { things: [] },
    })
    expect((await run({ operation: 'GetItem', key: key('1') })).result).toBeNull()
  })

  it('take 100 keys to get and 25 items to put or delete, of tables that exist', async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, n) => key(`k${n}`))
    const sizes = async (operation: string, most: number, tables: (count: number) => unknown) => {
      const typeOf = async (count: number) => (await run({ operation, tables: tables(count) })).error?.type
      return [await typeOf(most), await typeOf(most + 1)]
    }
    const refused = [undefined, 'DynamoDB:ValidationException']
    expect(await sizes('BatchGetItem', 100, (count) => ({ things: { keys: keys(count) } }))).toEqual(refused)
    expect(await sizes('BatchPutItem', 25, (count) => ({ things: keys(count) }))).toEqual(refused)
    expect(await sizes('BatchDeleteItem', 25, (count) => ({ things: keys(count) }))).toEqual(refused)
    const elsewhere = { others: { keys: keys(1) } }
    expect((await run({ operation: 'BatchGetItem', tables: elsewhere })).error?.type).toBe(
      'DynamoDB:ResourceNotFoundException',
    )
  })
})

describe('refusals', () => {
  it('answers NotImplemented to Sync by name', async () => {
    await expect(run({ operation: 'Sync' })).rejects.toThrow(/^NotImplemented: .*Sync/)
  })

  it.each([
    [{ operation: 'Nope' }, "Unsupported operation 'Nope'"],
    [{ operation: 'GetItem', key: { id: 'plain' } }, 'Expected a typed DynamoDB value'],
    [{ operation: 'GetItem', key: key('1'), keys: [] }, "Unsupported element '$[keys]'"],
    [
      {
        operation: 'UpdateItem',
        key: key('1'),
        update: { expression: 'SET a = :a' },
        condition: { expression: 'a', returnValuesOnConditionCheckFailure: false },
      },
      "Unsupported element '$[condition][returnValuesOnConditionCheckFailure]'",
    ],
  ])('answers MappingTemplate to %j', async (request, message) => {
    await expect(run(request)).rejects.toThrow(`MappingTemplate: ${message}`)
  })

  it("hands DynamoDB's own errors to the response handler", async () => {
    expect((await run({ operation: 'GetItem', key: { id: { S: '1' } } })).error?.type).toBe(
      'DynamoDB:ValidationException',
    )
  })

  it('lets the data source do no more than its role may', async () => {
    const narrow = await startAppSync({
      sdl: SDL,
      resolvers: { 'Mutation.run': { code: CODE, source: 'table' } },
      tableActions: ['dynamodb:GetItem'],
    })
    const ask = async (request: unknown) =>
      readRan(
        (await narrow.query('mutation ($r: String!) { run(request: $r) }', { r: JSON.stringify(request) })).data?.run,
      )
    expect(await ask({ operation: 'GetItem', key: key('1') })).toEqual({ result: null })
    expect((await ask({ operation: 'PutItem', key: key('1') })).error?.type).toBe('DynamoDB:AccessDeniedException')
    await narrow.stop()
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { type GivenAppSync, startAppSync } from './given.ts'

/** The request comes from the client, as it is or for the helper to make; the answer is what the handler sees. */
const CODE = `import * as ddb from '@aws-appsync/utils/dynamodb'
  export function request(ctx) {
    const given = JSON.parse(ctx.args.request)
    return given.items ? ddb.transactWrite(given) : given
  }
  export function response(ctx) { return JSON.stringify({ result: ctx.result, error: ctx.error }) }`
const SDL = 'type Query { a: String } type Mutation { run(request: String!): String }'
const OPERATOR: Caller = { kind: 'operator', arn: 'arn:aws:iam::123456789012:root' }

let given: GivenAppSync
beforeAll(async () => {
  given = await startAppSync({
    sdl: SDL,
    resolvers: { 'Mutation.run': { code: CODE, source: 'table' } },
    tableActions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem'],
  })
})
afterAll(() => given.stop())

interface Ran {
  result: Record<string, unknown>
  error?: { type: string; message: string } | null
}
async function run(request: Record<string, unknown>): Promise<Ran> {
  const { data, errors } = await given.query('mutation ($request: String!) { run(request: $request) }', {
    request: JSON.stringify(request),
  })
  if (errors) throw new Error(`${String(errors[0]?.errorType)}: ${errors[0]?.message}`)
  return JSON.parse(String(data?.run)) as Ran
}
const write = (...transactItems: Record<string, unknown>[]) => run({ operation: 'TransactWriteItems', transactItems })
const key = (id: string) => ({ id: { S: id }, sk: { S: 'a' } })
const put = (id: string, more: Record<string, unknown> = {}) => ({
  table: 'things',
  operation: 'PutItem',
  key: key(id),
  attributeValues: { n: { N: 1 } },
  ...more,
})
const check = (id: string, more: Record<string, unknown> = {}) => ({
  table: 'things',
  operation: 'ConditionCheck',
  key: key(id),
  condition: { expression: 'attribute_exists(id)', ...more },
})
const stored = async (id: string) =>
  (await given.dynamodb.call('GetItem', { TableName: 'things', Key: key(id) }, OPERATOR)).Item

describe('TransactWriteItems', () => {
  it('writes all, and answers the keys in order', async () => {
    const update = { expression: 'ADD n :one', expressionValues: { ':one': { N: 1 } } }
    const ran = await write(put('w1'), { table: 'things', operation: 'UpdateItem', key: key('w2'), update })
    expect(ran.error ?? null).toBeNull()
    expect(ran.result).toEqual({
      keys: [
        { id: 'w1', sk: 'a' },
        { id: 'w2', sk: 'a' },
      ],
      cancellationReasons: null,
    })
    expect([await stored('w1'), await stored('w2')]).toEqual(
      ['w1', 'w2'].map((id) => ({ ...key(id), n: { N: '1' } })),
    )
  })

  it('that is cancelled is an error, with every reason, and the item that stood in the way', async () => {
    await write(put('there'))
    const absent = { condition: { expression: 'attribute_not_exists(id)' } }
    const ran = await write(put('c1'), put('there', absent), check('nowhere'))
    expect(ran).toEqual({
      error: {
        type: 'DynamoDB:TransactionCanceledException',
        message: expect.stringContaining('[None, ConditionalCheckFailed, ConditionalCheckFailed]') as string,
      },
      result: {
        keys: null,
        cancellationReasons: [
          { type: 'None', message: 'None' },
          {
            type: 'ConditionalCheckFailed',
            message: 'The conditional request failed',
            item: { id: 'there', sk: 'a', n: 1 },
          },
          { type: 'ConditionalCheckFailed', message: 'The conditional request failed' },
        ],
      },
    })
    expect(await stored('c1')).toBeUndefined()
  })

  it('keeps that item to itself when returnValuesOnConditionCheckFailure is false', async () => {
    await write(put('hidden'))
    const condition = { expression: 'attribute_not_exists(id)', returnValuesOnConditionCheckFailure: false }
    expect((await write(put('hidden', { condition }))).result.cancellationReasons).toEqual([
      { type: 'ConditionalCheckFailed', message: 'The conditional request failed' },
    ])
  })

  it('takes what the helper makes', async () => {
    const items = [
      { putItem: { table: 'things', key: { id: 'h1', sk: 'a' }, item: { n: 2 } } },
      { conditionCheck: { table: 'things', key: { id: 'h2', sk: 'a' }, condition: { n: { attributeExists: false } } } },
    ]
    expect((await run({ items })).result.cancellationReasons).toBeNull()
    expect(await stored('h1')).toEqual({ ...key('h1'), n: { N: '2' } })
  })

  it.each([
    [[{ ...put('a'), table: 'others' }], 'DynamoDB:ResourceNotFoundException'],
    [[{ table: 'things', operation: 'DeleteItem', key: key('a') }], 'DynamoDB:AccessDeniedException'],
    [[put('a'), put('a')], 'DynamoDB:ValidationException'],
    [[], 'DynamoDB:ValidationException'],
    [Array.from({ length: 101 }, (_, n) => put(`a${n}`)), 'DynamoDB:ValidationException'],
  ])('hands what DynamoDB refuses to the response handler: %#', async (items, type) => {
    const { error, result } = await write(...items)
    expect(error?.type).toBe(type)
    expect(result).toEqual({ keys: null, cancellationReasons: null })
  })

  it.each([
    [{ ...put('a'), operation: 'Merge' }, /Expected one of PutItem, .* at '\$\[transactItems\]\[0\]\[operation\]'/],
    [{ ...put('a'), table: undefined }, /the name of a table at '\$\[transactItems\]\[0\]\[table\]'/],
    [{ ...put('a'), update: {} }, /Unsupported element '\$\[transactItems\]\[0\]\[update\]'/],
    [{ ...check('a'), condition: undefined }, /an expression at '\$\[transactItems\]\[0\]\[condition\]'/],
    [check('a', { equalsIgnore: [] }), /Unsupported element '\$\[transactItems\]\[0\]\[condition\]\[equalsIgnore\]'/],
  ])('answers MappingTemplate to %j', async (item, message) => {
    await expect(write(item)).rejects.toThrow(message)
    await expect(write(item)).rejects.toThrow('MappingTemplate: ')
  })
})

describe('TransactGetItems', () => {
  const read = (...ids: string[]) =>
    run({ operation: 'TransactGetItems', transactItems: ids.map((id) => ({ table: 'things', key: key(id) })) })

  it('answers the items in order, null for what is absent, projected when asked', async () => {
    await write(put('g1'), put('g2'))
    expect((await read('g2', 'nowhere', 'g1')).result).toEqual({
      items: [{ id: 'g2', sk: 'a', n: 1 }, null, { id: 'g1', sk: 'a', n: 1 }],
      cancellationReasons: null,
    })
    const projection = { expression: '#n', expressionNames: { '#n': 'n' } }
    const transactItems = [{ table: 'things', key: key('g1'), projection }]
    expect((await run({ operation: 'TransactGetItems', transactItems })).result.items).toEqual([{ n: 1 }])
  })

  it('that is cancelled tells why', async () => {
    const { error, result } = await run({
      operation: 'TransactGetItems',
      transactItems: [{ table: 'things', key: { id: { N: 1 }, sk: { S: 'a' } } }],
    })
    expect(error?.type).toBe('DynamoDB:TransactionCanceledException')
    expect(result).toEqual({
      items: null,
      cancellationReasons: [
        { type: 'ValidationError', message: 'The provided key element does not match the schema' },
      ],
    })
  })
})

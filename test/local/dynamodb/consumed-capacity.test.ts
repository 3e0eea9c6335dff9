import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { check, errorOf, givenClient, key, put, remove, update, type GivenClient } from './given-client.ts'
import { TABLE } from './given-dynamodb.ts'

let dynamodb: GivenClient
beforeAll(async () => void (dynamodb = await givenClient()))
afterAll(() => dynamodb.end())
beforeEach(() => void (dynamodb.running.given.consumed.length = 0))

describe('consumed capacity', () => {
  const INDEXES = { ReturnConsumedCapacity: 'INDEXES' } as const
  const blob = (bytes: number) => ({ blob: { S: 'x'.repeat(bytes) } })

  it('of a transaction counts each item twice, and each change of an index once', async () => {
    await dynamodb.write([
      put('moved', { facetKey: { S: 'a' }, ...blob(1_500) }),
      put('deleted', blob(2_500)),
      put('checked'),
    ])
    const { ConsumedCapacity } = await dynamodb.write(
      [
        update('moved', 'SET facetKey = :b', { ':b': { S: 'b' } }),
        put('fresh', { facetKey: { S: 'a' } }),
        remove('deleted'),
        check('checked'),
      ],
      INDEXES,
    )
    // 2 KB twice, 1 KB twice, 3 KB twice, 1 KB twice; an index entry of 2 KB goes and comes, one of 1 KB comes.
    const [table, index] = [{ CapacityUnits: 14, WriteCapacityUnits: 14 }, { CapacityUnits: 5, WriteCapacityUnits: 5 }]
    expect(ConsumedCapacity).toEqual([
      {
        TableName: TABLE,
        CapacityUnits: 19,
        WriteCapacityUnits: 19,
        Table: table,
        GlobalSecondaryIndexes: { byFacet: index },
      },
    ])
    const told = { action: 'TransactWriteItems', table: TABLE, readUnits: 0 }
    expect(dynamodb.running.given.consumed.slice(-2)).toEqual([
      { ...told, writeUnits: 14 },
      { ...told, writeUnits: 5, index: 'byFacet' },
    ])
  })

  it('of a transaction that is sent again is that of reading', async () => {
    const send = () => dynamodb.write([put('again', blob(5_000))], { ClientRequestToken: 'token-4', ...INDEXES })
    expect((await send()).ConsumedCapacity).toMatchObject([{ WriteCapacityUnits: 10 }])
    const units = { CapacityUnits: 4, ReadCapacityUnits: 4 }
    expect((await send()).ConsumedCapacity).toEqual([{ TableName: TABLE, ...units, Table: units }])
  })

  it('of a transactional read is two units for every 4 KB, of what is absent too', async () => {
    await dynamodb.write([put('page', blob(5_000))])
    expect((await dynamodb.read(['page', 'missing'], { ReturnConsumedCapacity: 'TOTAL' })).ConsumedCapacity).toEqual([
      { TableName: TABLE, CapacityUnits: 6, ReadCapacityUnits: 6 },
    ])
  })

  it('of a single write counts what it changes in an index', async () => {
    const change = async (expression: string, values?: Record<string, { S: string }>) => {
      const { ConsumedCapacity } = await dynamodb.client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: key('indexed'),
          UpdateExpression: expression,
          ...(values && { ExpressionAttributeValues: values }),
          ...INDEXES,
        }),
      )
      const index = ConsumedCapacity?.GlobalSecondaryIndexes?.byFacet?.CapacityUnits
      return [ConsumedCapacity?.CapacityUnits, ConsumedCapacity?.Table?.CapacityUnits, index]
    }
    expect(await change('SET title = :t', { ':t': { S: 'out of every index' } })).toEqual([1, 1, undefined])
    expect(await change('SET facetKey = :a', { ':a': { S: 'a' } })).toEqual([2, 1, 1])
    expect(await change('SET facetKey = :a', { ':a': { S: 'a' } })).toEqual([1, 1, undefined])
    expect(await change('SET title = :t', { ':t': { S: 'projected' } })).toEqual([2, 1, 1])
    expect(await change('SET facetKey = :b', { ':b': { S: 'b' } })).toEqual([3, 1, 2])
    expect(await change('REMOVE facetKey')).toEqual([2, 1, 1])
  })

  it('is told to an observer whom nobody asked, of a failed condition too', async () => {
    await dynamodb.write([put('seen', { facetKey: { S: 'seen' } })])
    dynamodb.running.given.consumed.length = 0
    expect(await dynamodb.get('seen')).toBeDefined()
    await dynamodb.inFacet('seen')
    const refused = dynamodb.client.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: key('seen'),
        UpdateExpression: 'REMOVE facetKey',
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    )
    expect((await errorOf(refused)).name).toBe('ConditionalCheckFailedException')
    expect(dynamodb.running.given.consumed).toEqual([
      { action: 'GetItem', table: TABLE, readUnits: 1, writeUnits: 0 },
      { action: 'Query', table: TABLE, index: 'byFacet', readUnits: 0.5, writeUnits: 0 },
      { action: 'UpdateItem', table: TABLE, readUnits: 0, writeUnits: 1 },
    ])
  })
})


import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { SWEEP_INTERVAL_MS } from '../../../local/dynamodb/time-to-live.ts'
import {
  givenDynamoDB,
  imagesTable,
  operator,
  TABLE,
  TABLE_ARN,
  TRANSACTION_PARTS,
  type Given,
} from './given-dynamodb.ts'

let given: Given
beforeEach(async () => void (given = await givenDynamoDB()))
afterEach(() => given.end())

const call = (operation: string, input: Record<string, unknown>, caller: Caller = operator) =>
  given.dynamodb.call(operation, input, caller)
const put = (id: string, more: Record<string, unknown> = {}, options: Record<string, unknown> = {}) =>
  call('PutItem', { TableName: TABLE, Item: { id: { S: id }, facet: { S: 'IMAGE' }, ...more }, ...options })
const key = (id: string) => ({ id: { S: id }, facet: { S: 'IMAGE' } })
const get = async (id: string) => (await call('GetItem', { TableName: TABLE, Key: key(id) })).Item
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { members?: unknown }) => error,
  )
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  )

describe('items', () => {
  it('come back as they were put, whatever their types', async () => {
    const values = {
      number: { N: '12345678901234567890.123456789' },
      negative: { N: '-0.000001' },
      text: { S: 'Ünïcödé \u{1F4F7}' },
      empty: { S: '' },
      bytes: { B: Buffer.from([0, 255, 128]).toString('base64') },
      words: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2.5'] },
      blobs: { BS: [Buffer.from([1]).toString('base64')] },
      nested: { M: { list: { L: [{ N: '1' }, { NULL: true }, { BOOL: false }, { M: {} }] } } },
    }
    await put('types', values)
    expect(await get('types')).toEqual({ ...key('types'), ...values })
  })

  it('are refused above 400 KB with ValidationException', async () => {
    const bytes = (size: number) => ({ blob: { S: 'x'.repeat(size) } })
    await put('large', bytes(409_600 - 100))
    expect(await nameOf(put('huge', bytes(409_600)))).toBe('ValidationException')
    expect(await get('huge')).toBeUndefined()
  })

  it('are written under conditions, and a failed one tells the item that stood in the way when asked', async () => {
    const once = { ConditionExpression: 'attribute_not_exists(id)' }
    await put('once', { n: { N: '1' } }, once)
    const error = await errorOf(
      put('once', { n: { N: '2' } }, { ...once, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    )
    expect(error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      statusCode: 400,
      members: { Item: { ...key('once'), n: { N: '1' } } },
    })
    expect(await get('once')).toMatchObject({ n: { N: '1' } })
  })

  it('take one of two concurrent conditional writes', async () => {
    const once = { ConditionExpression: 'attribute_not_exists(id)' }
    const names = await Promise.all([1, 2, 3, 4].map((n) => nameOf(put('race', { n: { N: String(n) } }, once))))
    expect(names.filter((name) => name === 'ConditionalCheckFailedException')).toHaveLength(3)
  })

  it('tell what they consumed', async () => {
    const cost = (result: Record<string, unknown>) =>
      (result.ConsumedCapacity as { CapacityUnits: number }).CapacityUnits
    expect(cost(await put('cost', { blob: { S: 'x'.repeat(1_500) } }, { ReturnConsumedCapacity: 'TOTAL' }))).toBe(2)
    const read = { TableName: TABLE, Key: key('cost'), ReturnConsumedCapacity: 'TOTAL' }
    expect(cost(await call('GetItem', read))).toBe(0.5)
    expect(cost(await call('GetItem', { ...read, ConsistentRead: true }))).toBe(1)
  })

  it('leave the input as it was', async () => {
    const input = { TableName: TABLE, Key: key('input'), ConsistentRead: false }
    await call('GetItem', Object.freeze(input))
    expect(input).toEqual({ TableName: TABLE, Key: key('input'), ConsistentRead: false })
  })
})

describe('an index', () => {
  const page = (start?: unknown) =>
    call('Query', {
      TableName: TABLE,
      IndexName: 'byFacet',
      KeyConditionExpression: 'facetKey = :key',
      ExpressionAttributeValues: { ':key': { S: 'me#READY' } },
      ScanIndexForward: false,
      Limit: 2,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    })
  const ids = (result: Record<string, unknown>) => (result.Items as { id: { S: string } }[]).map(({ id }) => id.S)

  it('is read page by page, newest first', async () => {
    for (const id of ['1', '2', '3', '4']) await put(id, { facetKey: { S: 'me#READY' } })
    await put('5', { facetKey: { S: 'other#READY' } })
    const first = await page()
    expect(ids(first)).toEqual(['4', '3'])
    expect(first.LastEvaluatedKey).toEqual({ ...key('3'), facetKey: { S: 'me#READY' } })
    const second = await page(first.LastEvaluatedKey)
    expect(ids(second)).toEqual(['2', '1'])
    expect(ids(await page(second.LastEvaluatedKey))).toEqual([])
  })

  it('follows its items when their key changes or goes', async () => {
    await put('1', { facetKey: { S: 'me#PENDING' } })
    expect(ids(await page())).toEqual([])
    const update = (expression: string, values?: unknown) =>
      call('UpdateItem', {
        TableName: TABLE,
        Key: key('1'),
        UpdateExpression: expression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      })
    await update('SET facetKey = :key', { ':key': { S: 'me#READY' } })
    expect(ids(await page())).toEqual(['1'])
    await update('REMOVE facetKey')
    expect(ids(await page())).toEqual([])
  })

  it('is built anew when the stack changes it, and the items stay', async () => {
    await put('1', { facetKey: { S: 'me#READY' }, holder: { S: 'me' } })
    const AttributeDefinitions = ['id', 'facet', 'holder'].map((name) => ({ AttributeName: name, AttributeType: 'S' }))
    const KeySchema = [{ AttributeName: 'holder', KeyType: 'HASH' }]
    given = await given.restart(
      imagesTable({
        AttributeDefinitions,
        GlobalSecondaryIndexes: [{ IndexName: 'byHolder', KeySchema, Projection: { ProjectionType: 'ALL' } }],
      }),
    )
    const query = (IndexName: string, attribute: string, value: string) =>
      call('Query', {
        TableName: TABLE,
        IndexName,
        KeyConditionExpression: `${attribute} = :value`,
        ExpressionAttributeValues: { ':value': { S: value } },
      })
    expect(ids(await query('byHolder', 'holder', 'me'))).toEqual(['1'])
    expect(await nameOf(query('byFacet', 'facetKey', 'me#READY'))).toBe('ValidationException')
  })
})

describe('a batch', () => {
  it('writes and reads many items', async () => {
    const puts = ['1', '2', '3'].map((id) => ({ PutRequest: { Item: { ...key(id), facetKey: { S: 'me#X' } } } }))
    await call('BatchWriteItem', { RequestItems: { [TABLE]: puts } })
    const { Responses } = await call('BatchGetItem', {
      RequestItems: { [TABLE]: { Keys: [key('1'), key('3'), key('absent')] } },
    })
    expect((Responses as Record<string, unknown[]>)[TABLE]).toHaveLength(2)
  })
})

describe('IAM', () => {
  const role = (...statements: { Action: string; Resource: string }[]): Caller => ({
    kind: 'role',
    arn: 'arn:aws:iam::123456789012:role/resolver',
    roleName: 'resolver',
    accountId: '123456789012',
    policies: [{ Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) }],
  })

  it('is asked for the action on the table', async () => {
    const reader = role({ Action: 'dynamodb:GetItem', Resource: TABLE_ARN })
    const read = { TableName: TABLE, Key: key('1') }
    expect(await nameOf(call('GetItem', read, reader))).toBe('no error')
    expect(await nameOf(call('DeleteItem', read, reader))).toBe('AccessDeniedException')
    expect(await nameOf(call('GetItem', { ...read, TableName: TABLE_ARN }, reader))).toBe('no error')
  })

  it('is asked for the index that a query reads, and for every table of a batch', async () => {
    const tableOnly = role({ Action: 'dynamodb:*', Resource: TABLE_ARN })
    const query = {
      TableName: TABLE,
      IndexName: 'byFacet',
      KeyConditionExpression: 'facetKey = :k',
      ExpressionAttributeValues: { ':k': { S: 'x' } },
    }
    expect(await nameOf(call('Query', query, tableOnly))).toBe('AccessDeniedException')
    expect(
      await nameOf(call('Query', query, role({ Action: 'dynamodb:Query', Resource: `${TABLE_ARN}/index/byFacet` }))),
    ).toBe('no error')
    const batch = { RequestItems: { [TABLE]: { Keys: [key('1')] }, others: { Keys: [key('1')] } } }
    expect(await nameOf(call('BatchGetItem', batch, tableOnly))).toBe('AccessDeniedException')
  })
})

describe('what is not emulated', () => {
  it.each(['ExecuteStatement', 'ExecuteTransaction', 'UpdateTimeToLive', 'CreateBackup'])(
    'says so by name: %s',
    async (operation) => {
      expect(await errorOf(call(operation, {}))).toMatchObject({
        name: 'NotImplemented',
        message: expect.stringContaining(operation),
      })
    },
  )

  it('says so for a parameter too, instead of dropping it', async () => {
    const error = await errorOf(put('1', {}, { VectorSettings: {} }))
    expect(error).toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('VectorSettings') })
  })

  it('says so for a table property that would have to work', async () => {
    const streaming = imagesTable({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } })
    expect(await errorOf(given.dynamodb.deploy([streaming]))).toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('StreamSpecification'),
    })
  })

  it('is told apart from what DynamoDB does not know either', async () => {
    expect(await nameOf(call('Teleport', {}))).toBe('UnknownOperationException')
  })
})

describe('time to live', () => {
  it('deletes items whose time has come, from the table and its indexes', async () => {
    const nowSeconds = given.clock.now() / 1_000
    const expiring = (seconds: number) => ({
      facetKey: { S: 'me#READY' },
      expiresAtEpochSeconds: { N: String(seconds) },
    })
    await put('soon', expiring(nowSeconds + 30))
    await put('later', expiring(nowSeconds + 3_600))
    await put('wrong unit', expiring(1))
    const swept = given.logged('Expired items deleted: 1')
    given.clock.moveBy(SWEEP_INTERVAL_MS)
    await swept
    expect(await get('soon')).toBeUndefined()
    expect(await get('later')).toBeDefined()
    expect(await get('wrong unit')).toBeDefined()
  })

  it('is described', async () => {
    expect(await call('DescribeTimeToLive', { TableName: TABLE })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAtEpochSeconds' },
    })
  })
})

describe('persistence', () => {
  it('keeps items over a restart', async () => {
    await put('kept')
    given = await given.restart()
    expect(await get('kept')).toEqual(key('kept'))
  })

  it('refuses to go on with a table of another primary key', async () => {
    const other = imagesTable({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] })
    expect(await errorOf(given.dynamodb.deploy([other]))).toMatchObject({ message: expect.stringContaining('--fresh') })
  })

  it('keeps every answered write, its index entries, and transactions whole, when the process is killed', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dynamodb-killed-'))
    try {
      const script = path.join(import.meta.dirname, 'write-until-killed.ts')
      const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let answered = 0
      for await (const line of child.stdout) {
        answered = Number(String(line).trim().split('\n').at(-1))
        if (answered >= 50) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      const survivor = await givenDynamoDB(imagesTable(), dataDir)
      const { Count: items, Items } = await survivor.dynamodb.call('Scan', { TableName: TABLE }, operator)
      const transactions = new Map<string, number>()
      for (const { id } of Items as { id: { S: string } }[]) {
        const [n = '', part] = id.S.split('/')
        if (part !== undefined) transactions.set(n, (transactions.get(n) ?? 0) + 1)
      }
      const { Count: entries } = await survivor.dynamodb.call(
        'Scan',
        { TableName: TABLE, IndexName: 'byFacet' },
        operator,
      )
      await survivor.dynamodb.stop()
      expect(answered).toBeGreaterThanOrEqual(50)
      expect(items).toBeGreaterThanOrEqual(answered * (1 + TRANSACTION_PARTS))
      expect(transactions.size).toBeGreaterThanOrEqual(answered)
      expect(new Set(transactions.values())).toEqual(new Set([TRANSACTION_PARTS]))
      expect(entries).toBe(items)
    } finally {
      rmSync(dataDir, { recursive: true })
    }
  })
})

import {
  TransactGetItemsCommand,
  UpdateItemCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { dynalite, perform, type BatchOperation } from '../../../local/dynamodb/dynalite.ts'
import { ensureTable } from '../../../local/dynamodb/ensure-table.ts'
import * as limits from '../../../local/dynamodb/limits.ts'
import { tableDefinition } from '../../../local/dynamodb/table-definition.ts'
import { createTransactions } from '../../../local/dynamodb/transactions.ts'
import { PLACE } from '../assembly/given-assembly.ts'
import { check, errorOf, givenClient, key, put, reasonsOf, remove, update, type GivenClient } from './given-client.ts'
import { givenClock, imagesTable, TABLE, TABLE_ARN } from './given-dynamodb.ts'

let dynamodb: GivenClient
beforeAll(async () => void (dynamodb = await givenClient()))
afterAll(() => dynamodb.end())

describe('a transaction', () => {
  it('puts, updates, deletes and checks, and the indexes follow', async () => {
    await dynamodb.write([put('old', { facetKey: { S: 'first' } }), put('kept')])
    await dynamodb.write([
      put('new', { facetKey: { S: 'first' } }),
      update('counter', 'ADD n :one', { ':one': { N: '1' } }),
      remove('old'),
      check('kept'),
    ])
    expect(await dynamodb.get('counter')).toEqual({ ...key('counter'), n: { N: '1' } })
    expect(await dynamodb.get('old')).toBeUndefined()
    expect(await dynamodb.inFacet('first')).toEqual(['new'])
    expect(await dynamodb.get('kept')).toEqual(key('kept'))
  })

  it('does nothing when one condition fails, and tells every reason in order', async () => {
    await dynamodb.write([put('taken', { n: { N: '1' } })])
    const once = { ConditionExpression: 'attribute_not_exists(id)' }
    const attempt = dynamodb.write([
      put('untouched', { facetKey: { S: 'second' } }),
      put('taken', {}, { ...once, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      update('taken2', 'SET m = n + :one', { ':one': { N: '1' } }),
      check('absent'),
    ])
    const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }
    expect(await reasonsOf(attempt)).toEqual([
      { Code: 'None' },
      { ...failed, Item: { ...key('taken'), n: { N: '1' } } },
      {
        Code: 'ValidationError',
        Message: 'The provided expression refers to an attribute that does not exist in the item',
      },
      failed,
    ])
    expect((await errorOf(attempt)).message).toContain(
      '[None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]',
    )
    expect(await dynamodb.get('untouched')).toBeUndefined()
    expect(await dynamodb.inFacet('second')).toEqual([])
  })

  it('keeps the item of a failed condition to itself unless it is asked', async () => {
    await dynamodb.write([put('quiet')])
    const attempt = dynamodb.write([check('quiet', { ConditionExpression: 'facet = id' })])
    expect(await reasonsOf(attempt)).toEqual([
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ])
  })

  it('is cancelled by a key that does not fit the table, and refused for an empty one', async () => {
    const wrong = { TableName: TABLE, Key: { id: { N: '1' }, facet: { S: 'IMAGE' } } }
    expect(await reasonsOf(dynamodb.write([put('beside'), { Delete: wrong }]))).toEqual([
      { Code: 'None' },
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
    ])
    const empty = dynamodb.write([put('beside'), remove('')])
    expect(await reasonsOf(empty)).toMatch(/^ValidationException: .*empty string value/)
    expect(await dynamodb.get('beside')).toBeUndefined()
  })

  it('reads the items in order, and an empty answer for what is absent', async () => {
    await dynamodb.write([put('r1', { n: { N: '1' } }), put('r2', { n: { N: '2' } })])
    const { Responses } = await dynamodb.client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName: TABLE, Key: key('r2') } },
          { Get: { TableName: TABLE, Key: key('nowhere') } },
          { Get: { TableName: TABLE_ARN, Key: key('r1'), ProjectionExpression: 'n' } },
        ],
      }),
    )
    expect(Responses).toEqual([{ Item: { ...key('r2'), n: { N: '2' } } }, {}, { Item: { n: { N: '1' } } }])
  })
})

describe('the disk', () => {
  const givenStore = async () => {
    const store = dynalite.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
    await store.db.open()
    await ensureTable(store, tableDefinition(imagesTable()))
    const batches: BatchOperation[][] = []
    const { batch } = store.db
    const disk = { isFull: false }
    store.db.batch = (operations, callback) => {
      batches.push(operations)
      if (disk.isFull) callback(new Error('the disk is full'))
      else batch(operations, callback)
    }
    return { store, batches, disk, transactions: createTransactions(store, givenClock(0), undefined) }
  }

  it('gets a transaction as one batch: items, index entries and token', async () => {
    const { batches, transactions } = await givenStore()
    const TransactItems = [put('1', { facetKey: { S: 'a' } }), put('2', { facetKey: { S: 'a' } }), remove('3')]
    await transactions.perform('TransactWriteItems', { TransactItems, ClientRequestToken: 'token' })
    expect(batches.map((batch) => batch.map(({ type }) => type))).toEqual([['put', 'put', 'put', 'put', 'del', 'put']])
  })

  it('that takes no batch leaves nothing of the transaction, and its token free', async () => {
    const { store, disk, transactions } = await givenStore()
    const input = { TransactItems: [put('1'), put('2')], ClientRequestToken: 'token' }
    disk.isFull = true
    expect((await errorOf(transactions.perform('TransactWriteItems', input))).message).toBe('the disk is full')
    expect(await perform(store, 'Scan', { TableName: TABLE })).toMatchObject({ Count: 0 })
    disk.isFull = false
    await transactions.perform('TransactWriteItems', input)
    expect(await perform(store, 'Scan', { TableName: TABLE })).toMatchObject({ Count: 2 })
  })
})

describe('what a transaction may hold', () => {
  it('is one action for each item', async () => {
    const twice = 'ValidationException: Transaction request cannot include multiple operations on one item'
    expect(await reasonsOf(dynamodb.write([put('twice'), remove('twice')]))).toBe(twice)
    expect(await reasonsOf(dynamodb.write([check('twice'), put('twice')]))).toBe(twice)
    expect(await reasonsOf(dynamodb.read(['twice', 'twice']))).toBe(twice)
  })

  it('is one kind of action in each place, known and complete', async () => {
    const both = dynamodb.write([{ ...put('a'), ...remove('b') }])
    expect(await reasonsOf(both)).toMatch(/can only contain one of Check, Put/)
    expect(await reasonsOf(dynamodb.write([{}]))).toMatch(/^ValidationException/)
    const { ConditionCheck } = check('a')
    const unconditional = { ConditionCheck: { ...ConditionCheck, ConditionExpression: undefined } } as never
    const attempt = dynamodb.write([unconditional])
    expect(await reasonsOf(attempt)).toMatch(/transactItems.*conditionExpression.*must not be null/)
    const call = (TransactItems: unknown) => dynamodb.call('TransactWriteItems', { TransactItems })
    expect(await errorOf(call([{ Put: { ...put('a').Put, ReturnValues: 'ALL_OLD' } }]))).toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining("DynamoDB's TransactWriteItems with Put.ReturnValues") as string,
    })
    expect(await errorOf(call([{ Merge: {} }]))).toMatchObject({ name: 'NotImplemented' })
    expect(await errorOf(call('all of it'))).toMatchObject({ name: 'SerializationException' })
  })

  it('is MAX_TRANSACTION_ACTIONS actions and no more', async () => {
    const puts = (count: number) => Array.from({ length: count }, (_, index) => put(`many${index}`))
    await dynamodb.write(puts(limits.MAX_TRANSACTION_ACTIONS))
    expect(await reasonsOf(dynamodb.write(puts(limits.MAX_TRANSACTION_ACTIONS + 1)))).toMatch(
      /^ValidationException: .*length less than or equal to 100/,
    )
    expect(await reasonsOf(dynamodb.write([]))).toMatch(/^ValidationException: .*length greater than or equal to 1/)
    expect(await reasonsOf(dynamodb.read(puts(limits.MAX_TRANSACTION_ACTIONS + 1).map((_, n) => `many${n}`)))).toMatch(
      /^ValidationException/,
    )
  })

  it('is MAX_TRANSACTION_BYTES together and no more', async () => {
    const attributes = 'id'.length + 'facet'.length + 'IMAGE'.length + 'blob'.length
    const count = 11
    const fill = limits.MAX_TRANSACTION_BYTES - count * (attributes + 'big00'.length)
    const share = Math.floor(fill / count)
    const items = (more: number) =>
      Array.from({ length: count }, (_, n) => {
        const id = `big${String(n).padStart(2, '0')}`
        return put(id, { blob: { S: 'x'.repeat(share + (n === 0 ? (fill % count) + more : 0)) } })
      })
    const call = (TransactItems: unknown) => dynamodb.call('TransactWriteItems', { TransactItems })
    expect(await errorOf(call(items(1)))).toMatchObject({ name: 'ValidationException' })
    expect(await dynamodb.get('big00')).toBeUndefined()
    await call(items(0))
    expect(await dynamodb.get('big10')).toBeDefined()
    await call(items(0).map(({ Put }) => ({ Delete: { TableName: TABLE, Key: key(String(Put?.Item?.id?.S)) } })))
  })

  it('is a table that exists', async () => {
    const elsewhere = { Put: { TableName: 'nowhere', Item: key('1') } }
    expect(await reasonsOf(dynamodb.write([put('here'), elsewhere]))).toMatch(/^ResourceNotFoundException/)
    expect(await dynamodb.get('here')).toBeUndefined()
  })
})

describe('a client request token', () => {
  const add = (ClientRequestToken: string, by = '1', more: Partial<TransactWriteItemsCommandInput> = {}) =>
    dynamodb.write([update('paid', 'ADD n :by', { ':by': { N: by } })], { ClientRequestToken, ...more })
  const paid = async () => (await dynamodb.get('paid'))?.n?.N

  it('makes a transaction happen once, for CLIENT_TOKEN_VALIDITY_MS, over a restart too', async () => {
    await add('token-1')
    await add('token-1')
    expect(await paid()).toBe('1')
    expect(await reasonsOf(add('token-1', '2'))).toMatch(/^IdempotentParameterMismatchException/)
    dynamodb.running.given.clock.moveBy(limits.CLIENT_TOKEN_VALIDITY_MS - 1)
    await add('token-1')
    expect(await paid()).toBe('1')
    dynamodb.running.given.clock.moveBy(1)
    await add('token-1')
    expect(await paid()).toBe('2')
    dynamodb.running.given = await dynamodb.running.given.restart()
    await add('token-1')
    expect(await paid()).toBe('2')
  })

  it('of a transaction that was cancelled is free', async () => {
    const guarded = (id: string) => dynamodb.write([put('gate'), check(id)], { ClientRequestToken: 'token-2' })
    expect(await reasonsOf(guarded('no gate'))).toHaveLength(2)
    await dynamodb.write([put('no gate')])
    await guarded('no gate')
    expect(await dynamodb.get('gate')).toBeDefined()
  })

  it('is refused while its transaction is on its way', async () => {
    const input = { TransactItems: [put('slow')], ClientRequestToken: 'token-3' }
    const send = () => errorOf(dynamodb.call('TransactWriteItems', input))
    const [first, second] = await Promise.all([send(), send()])
    expect([first.message, second.name]).toEqual(['no error', 'TransactionInProgressException'])
  })

  it('has MAX_CLIENT_TOKEN_CHARACTERS and no more', async () => {
    await add('t'.repeat(limits.MAX_CLIENT_TOKEN_CHARACTERS))
    expect(await reasonsOf(add('t'.repeat(limits.MAX_CLIENT_TOKEN_CHARACTERS + 1)))).toMatch(/^ValidationException/)
  })
})

describe('IAM', () => {
  const role = (...Action: string[]): Caller => ({
    kind: 'role',
    arn: 'arn:aws:iam::123456789012:role/resolver',
    roleName: 'resolver',
    accountId: PLACE.accountId,
    policies: [{ Statement: [{ Effect: 'Allow', Action, Resource: TABLE_ARN }] }],
  })
  const nameOf = async (operation: string, TransactItems: unknown, caller: Caller) =>
    (await errorOf(dynamodb.call(operation, { TransactItems }, caller))).name

  it.each([
    ['dynamodb:PutItem', put('iam')],
    ['dynamodb:UpdateItem', update('iam', 'REMOVE n')],
    ['dynamodb:DeleteItem', remove('iam')],
    ['dynamodb:ConditionCheckItem', check('iam', { ConditionExpression: 'attribute_not_exists(id)' })],
  ])('asks for %s for the action of that kind, and nothing else will do', async (action, item) => {
    const others = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'GetItem', 'TransactWriteItems']
      .map((name) => `dynamodb:${name}`)
      .filter((name) => name !== action)
    expect(await nameOf('TransactWriteItems', [item], role(action))).toBe('Error')
    expect(await nameOf('TransactWriteItems', [item], role(...others))).toBe('AccessDeniedException')
  })

  it('asks for dynamodb:GetItem for a transactional read, and for every table', async () => {
    const gets = (table: string) => [{ Get: { TableName: table, Key: key('iam') } }]
    expect(await nameOf('TransactGetItems', gets(TABLE), role('dynamodb:GetItem'))).toBe('Error')
    expect(await nameOf('TransactGetItems', gets(TABLE), role('dynamodb:PutItem'))).toBe('AccessDeniedException')
    expect(await nameOf('TransactGetItems', [...gets(TABLE), ...gets('others')], role('dynamodb:*'))).toBe(
      'AccessDeniedException',
    )
  })

  it('knows which operation an action is part of', async () => {
    const alone: Caller = {
      ...(role() as Extract<Caller, { kind: 'role' }>),
      policies: [
        {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'dynamodb:PutItem',
              Resource: TABLE_ARN,
              Condition: { 'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] } },
            },
          ],
        },
      ],
    }
    expect(await nameOf('TransactWriteItems', [put('enclosed')], alone)).toBe('Error')
  })
})

describe('concurrent transactions', () => {
  const SEED = Number(process.env.TRANSACTIONS_SEED ?? Date.now() % 1_000_000)
  const COUNTERS = ['c0', 'c1', 'c2', 'c3', 'c4']
  const EACH = 20

  it(`keep the sum of the counters, and every reader sees it whole (TRANSACTIONS_SEED=${SEED})`, async () => {
    let state = SEED
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    await dynamodb.write(COUNTERS.map((id) => put(id, { n: { N: String(EACH) } })))
    const outcomes = { done: 0, refused: 0 }
    const transfer = async (): Promise<void> => {
      const from = random(COUNTERS.length)
      const to = (from + 1 + random(COUNTERS.length - 1)) % COUNTERS.length
      const values = { ':by': { N: String(1 + random(EACH)) } }
      const sides = [
        update(COUNTERS[from] ?? '', 'SET n = n - :by', values, { ConditionExpression: 'n >= :by' }),
        update(COUNTERS[to] ?? '', 'SET n = n + :by', values),
      ]
      const error = await errorOf(dynamodb.write(random(2) === 0 ? sides : sides.reverse()))
      if (error.message !== 'no error' && error.name !== 'TransactionCanceledException') throw error
      outcomes[error.message === 'no error' ? 'done' : 'refused'] += 1
    }
    const sum = async (): Promise<number> => {
      const { Responses = [] } = await dynamodb.read(COUNTERS)
      const counts = Responses.map(({ Item }) => Number(Item?.n?.N))
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0)
      return counts.reduce((total, one) => total + one, 0)
    }
    const touch = () =>
      dynamodb.client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: key(COUNTERS[random(COUNTERS.length)] ?? ''),
          UpdateExpression: 'ADD touched :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      )
    const sums: Promise<number>[] = []
    const others: Promise<unknown>[] = []
    for (let round = 0; round < 40; round += 1) {
      others.push(transfer(), touch())
      if (round % 4 === 0) sums.push(sum())
    }
    await Promise.all(others)
    expect(new Set([...(await Promise.all(sums)), await sum()])).toEqual(new Set([EACH * COUNTERS.length]))
    const { Responses = [] } = await dynamodb.read(COUNTERS)
    expect(Responses.reduce((total, { Item }) => total + Number(Item?.touched?.N ?? 0), 0)).toBe(40)
    expect(outcomes.done).toBeGreaterThan(0)
    expect(outcomes.refused).toBeGreaterThan(0)
  })
})

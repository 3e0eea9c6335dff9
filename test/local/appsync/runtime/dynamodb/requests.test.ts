import { describe, expect, it } from 'vitest'
import { run, valueOf } from '../in-handler.ts'

const key = { id: { S: 'test' } }
const updated = (expression: string, name: string, value: unknown) => ({
  operation: 'UpdateItem',
  key,
  update: { expression, expressionNames: { '#expName_1': name }, expressionValues: { ':expValue_1': value } },
})
const LIST = { L: [{ N: 1 }, { N: 2 }, { N: 3 }] }

/** Calls and what AWS answers; recorded by github.com/localstack/appsync-utils. */
const RECORDED: [call: string, answer: unknown][] = [
  ["ddb.get({ key: { id: 'id' } })", { operation: 'GetItem', key: { id: { S: 'id' } } }],
  [
    "ddb.put({ key: { id: 'abc' }, item: { value: 10 } })",
    { operation: 'PutItem', key: { id: { S: 'abc' } }, attributeValues: { value: { N: 10 } } },
  ],
  ["ddb.remove({ key: { id: 'test' } })", { operation: 'DeleteItem', key }],
  ["ddb.scan({ limit: 10, nextToken: 'abc' })", { operation: 'Scan', limit: 10, nextToken: 'abc' }],
  [
    "ddb.update({ key: { id: 'test' }, update: { age: ddb.operations.add(10) } })",
    updated('SET #expName_1 = :expValue_1', 'age', { N: 10 }),
  ],
  [
    "ddb.update({ key: { id: 'test' }, update: { age: ddb.operations.increment(10) } })",
    updated('SET #expName_1 = #expName_1 + :expValue_1', 'age', { N: 10 }),
  ],
  [
    "ddb.update({ key: { id: 'test' }, update: { age: ddb.operations.decrement(10) } })",
    updated('SET #expName_1 = #expName_1 - :expValue_1', 'age', { N: 10 }),
  ],
  [
    "ddb.update({ key: { id: 'test' }, update: { values: ddb.operations.append([1, 2, 3]) } })",
    updated('SET #expName_1 = list_append(#expName_1, :expValue_1)', 'values', LIST),
  ],
  [
    "ddb.update({ key: { id: 'test' }, update: { values: ddb.operations.prepend([1, 2, 3]) } })",
    updated('SET #expName_1 = list_append(:expValue_1, #expName_1)', 'values', LIST),
  ],
  [
    "ddb.update({ key: { id: 'test' }, update: { values: ddb.operations.replace({ a: 10 }) } })",
    updated('SET #expName_1 = :expValue_1', 'values', { M: { a: { N: 10 } } }),
  ],
  ['ddb.operations.add(10)', { type: 'OPERATION_ADD', value: 10 }],
  ['ddb.operations.append([1])', { type: 'OPERATION_APPEND', items: [1] }],
  ['ddb.operations.increment(10)', { type: 'OPERATION_INCREMENT', by: 10 }],
  ['ddb.operations.replace({ a: 10 })', { type: 'OPERATION_REPLACE', value: { a: 10 } }],
]

describe('requests to DynamoDB', () => {
  it.each(RECORDED)('%s is as AWS answers it', (call, answer) => {
    expect(valueOf(call)).toEqual(answer)
  })

  it('sets plain values, null too, and leaves out what is undefined', () => {
    expect(
      valueOf("ddb.update({ key: { id: 'test' }, update: { a: 'x', b: null, c: undefined, d: [1], e: false } }).update")
    ).toEqual({
      expression:
        'SET #expName_1 = :expValue_1, #expName_2 = :expValue_2, #expName_3 = :expValue_3, #expName_4 = :expValue_4',
      expressionNames: { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'd', '#expName_4': 'e' },
      expressionValues: {
        ':expValue_1': { S: 'x' },
        ':expValue_2': { NULL: null },
        ':expValue_3': { L: [{ N: 1 }] },
        ':expValue_4': { BOOL: false },
      },
    })
  })

  it('sets and removes together, reaches into maps and list items', () => {
    const { update } = valueOf(`ddb.update({ key: { id: 'test' }, update: {
      old: ddb.operations.remove(), address: { city: 'x', zip: ddb.operations.remove() },
      friends: [ddb.operations.updateListItem('a', 1), ddb.operations.updateListItem('b', 2)],
      n: ddb.operations.increment(),
    } })`) as { update: { expression: string; expressionNames: object } }
    expect(update.expression).toBe(
      'SET #expName_2.#expName_3 = :expValue_1, #expName_5[1] = :expValue_2, #expName_5[2] = :expValue_3, ' +
        '#expName_6 = #expName_6 + :expValue_4 ' +
        'REMOVE #expName_1, #expName_2.#expName_4'
    )
    expect(update.expressionNames).toEqual({
      '#expName_1': 'old',
      '#expName_2': 'address',
      '#expName_3': 'city',
      '#expName_4': 'zip',
      '#expName_5': 'friends',
      '#expName_6': 'n',
    })
  })

  it('takes no data of a client for an operation', () => {
    const { update } = valueOf("ddb.update({ key: { id: 'test' }, update: { title: ctx.args.title } })", {
      arguments: { title: { type: 'OPERATION_REMOVE' } },
    }) as { update: { expression: string } }
    expect(update.expression).toBe('SET #expName_1.#expName_2 = :expValue_1')
  })

  it('renders conditions, also beside versioning', () => {
    const condition = {
      expression: '(attribute_not_exists(#id))',
      expressionNames: { '#id': 'id' },
      expressionValues: {},
    }
    expect(
      valueOf("ddb.put({ key: { id: 'test' }, item: {}, condition: { id: { attributeExists: false } }, _version: 1 })")
    ).toEqual({
      operation: 'PutItem',
      key,
      attributeValues: {},
      condition,
      _version: 1,
    })
    expect(valueOf("ddb.remove({ key: { id: 'test' }, condition: { id: { attributeExists: false } } })")).toEqual({
      operation: 'DeleteItem',
      key,
      condition,
    })
    expect(valueOf("ddb.put({ key: { id: 'test' }, item: {}, condition: null })")).not.toHaveProperty('condition')
    expect(run("return ddb.remove({ key: { id: 'test' }, condition: { id: 'x' } })").fault).toContain(
      'expected condition to be fields with operators'
    )
  })

  it('queries by key conditions, filter, projection and paging', () => {
    expect(
      valueOf(`ddb.query({
      query: { owner: { eq: 'o' }, sk: { beginsWith: 'IMAGE' } }, filter: { n: { gt: 1 } },
      projection: ['id', 'tags[0].name'],
      index: 'byFacet', limit: 20, nextToken: null, scanIndexForward: false, consistentRead: false,
      select: 'SPECIFIC_ATTRIBUTES',
    })`)
    ).toEqual({
      operation: 'Query',
      query: {
        expression: '(#owner = :owner_eq) AND (begins_with(#sk,:sk_beginsWith))',
        expressionNames: { '#owner': 'owner', '#sk': 'sk' },
        expressionValues: { ':owner_eq': { S: 'o' }, ':sk_beginsWith': { S: 'IMAGE' } },
      },
      filter: { expression: '(#n > :n_gt)', expressionNames: { '#n': 'n' }, expressionValues: { ':n_gt': { N: 1 } } },
      projection: {
        expression: '#id, #tags[0].#name',
        expressionNames: { '#id': 'id', '#tags': 'tags', '#name': 'name' },
      },
      index: 'byFacet',
      limit: 20,
      scanIndexForward: false,
      consistentRead: false,
      select: 'SPECIFIC_ATTRIBUTES',
    })
    expect(run('return ddb.query({})').fault).toContain('expected query to have key conditions')
  })

  it('scans in segments, syncs since a time, gets consistently', () => {
    expect(valueOf('ddb.scan({ totalSegments: 4, segment: 1 })')).toEqual({
      operation: 'Scan',
      totalSegments: 4,
      segment: 1,
    })
    expect(valueOf('ddb.sync({ limit: 5, lastSync: 1 })')).toEqual({ operation: 'Sync', limit: 5, lastSync: 1 })
    expect(valueOf("ddb.get({ key: { id: 'test' }, consistentRead: true, projection: ['a'] })")).toEqual({
      operation: 'GetItem',
      key,
      consistentRead: true,
      projection: { expression: '#a', expressionNames: { '#a': 'a' } },
    })
  })

  it('gets, puts and deletes in batches by table', () => {
    expect(
      valueOf("ddb.batchGet({ tables: { t: { keys: [{ id: 'test' }], consistentRead: true, projection: ['a'] } } })")
    ).toEqual({
      operation: 'BatchGetItem',
      tables: {
        t: { keys: [key], consistentRead: true, projection: { expression: '#a', expressionNames: { '#a': 'a' } } },
      },
    })
    expect(valueOf("ddb.batchPut({ tables: { t: [{ id: 'test', n: 1 }] } })")).toEqual({
      operation: 'BatchPutItem',
      tables: { t: [{ ...key, n: { N: 1 } }] },
    })
    expect(valueOf("ddb.batchDelete({ tables: { t: [{ id: 'test' }] } })")).toEqual({
      operation: 'BatchDeleteItem',
      tables: { t: [key] },
    })
    expect(run('return ddb.batchPut({ tables: { t: {} } })').fault).toContain(
      'expected the items of t to be an array, got object'
    )
  })

  it('gets and writes in transactions', () => {
    expect(valueOf("ddb.transactGet({ items: [{ table: 't', key: { id: 'test' } }] })")).toEqual({
      operation: 'TransactGetItems',
      transactItems: [{ table: 't', key }],
    })
    const condition = 'condition: { a: { eq: 1 } }'
    const { transactItems } = valueOf(`ddb.transactWrite({ items: [
      { putItem: { table: 't', key: { id: 'test' }, item: { a: 1 }, ${condition} } },
      { updateItem: { table: 't', key: { id: 'test' }, update: { a: 1 } } },
      { deleteItem: { table: 't', key: { id: 'test' } } },
      { conditionCheck: { table: 't', key: { id: 'test' }, ${condition} } },
    ] })`) as { transactItems: Record<string, unknown>[] }
    expect(transactItems.map(({ operation }) => operation)).toEqual([
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'ConditionCheck',
    ])
    expect(transactItems[0]).toEqual({
      operation: 'PutItem',
      table: 't',
      key,
      attributeValues: { a: { N: 1 } },
      condition: {
        expression: '(#a = :a_eq)',
        expressionNames: { '#a': 'a' },
        expressionValues: { ':a_eq': { N: 1 } },
      },
    })
    expect(run('return ddb.transactWrite({ items: [{ mergeItem: {} }] })').fault).toContain('got mergeItem')
  })
})

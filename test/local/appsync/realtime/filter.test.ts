import { describe, expect, it } from 'vitest'
import { filterFault, matchesArguments, matchesFilter } from '../../../../local/appsync/realtime/filter.ts'

const event = { id: '1', n: 5, text: 'hello', tags: ['a', 'b'], yes: true, author: { name: 'ada', age: 36 }, none: null }
const matches = (fieldName: string, operator: string, value: unknown) => matchesFilter({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] }, event)

describe('operators', () => {
  it.each([
    ['n', 'eq', 5, 6], ['text', 'eq', 'hello', 'Hello'], ['yes', 'eq', true, false], ['id', 'eq', '1', 1],
    ['n', 'ne', 6, 5], ['n', 'le', 5, 4], ['n', 'lt', 6, 5], ['n', 'ge', 5, 6], ['n', 'gt', 4, 5], ['text', 'gt', 'hellm', 'hello'],
    ['text', 'contains', 'ell', 'x'], ['tags', 'contains', 'a', 'c'], ['text', 'notContains', 'x', 'ell'], ['tags', 'notContains', 'c', 'a'],
    ['text', 'beginsWith', 'he', 'el'], ['n', 'in', [4, 5], [4, 6]], ['n', 'notIn', [4, 6], [4, 5]], ['n', 'between', [5, 6], [6, 7]],
    ['text', 'between', ['a', 'z'], ['i', 'z']], ['tags', 'containsAny', ['c', 'b'], ['c', 'd']], ['author.name', 'eq', 'ada', 'eve'], ['author.age', 'gt', 35, 36],
  ] as [string, string, unknown, unknown][])('%s %s %j holds, %j does not', (fieldName, operator, good, bad) => {
    expect([matches(fieldName, operator, good), matches(fieldName, operator, bad)]).toEqual([true, false])
  })

  it('are not satisfied by a field that the event does not have, negations included', () => {
    expect([matches('gone', 'ne', 1), matches('gone', 'notIn', [1]), matches('gone', 'notContains', 'a'), matches('author.gone', 'ne', 1)]).toEqual([false, false, false, false])
  })

  it('do not compare values of different types', () => {
    expect([matches('text', 'gt', 1), matches('n', 'lt', '9')]).toEqual([false, false])
  })
})

describe('groups', () => {
  const n = (value: number) => ({ fieldName: 'n', operator: 'eq', value })
  const text = (value: string) => ({ fieldName: 'text', operator: 'eq', value })

  it('match when any has all of its filters satisfied', () => {
    expect(matchesFilter({ filterGroup: [{ filters: [n(5), text('hello')] }] }, event)).toBe(true)
    expect(matchesFilter({ filterGroup: [{ filters: [n(5), text('x')] }] }, event)).toBe(false)
    expect(matchesFilter({ filterGroup: [{ filters: [n(6)] }, { filters: [text('hello')] }] }, event)).toBe(true)
  })
})

describe('arguments', () => {
  it('must equal the fields of their names; null asks for null', () => {
    expect([matchesArguments({}, event), matchesArguments({ id: '1', n: 5 }, event), matchesArguments({ id: '2' }, event)]).toEqual([true, true, false])
    expect([matchesArguments({ none: null }, event), matchesArguments({ id: null }, event), matchesArguments({ gone: '1' }, event)]).toEqual([true, false, false])
  })
})

describe('a filter is refused', () => {
  const filters = (count: number, one: object = { fieldName: 'n', operator: 'eq', value: 1 }) => Array.from({ length: count }, () => one) as { fieldName: string; operator: string; value: unknown }[]

  it('with too many filters in a group, groups, or values', () => {
    expect(filterFault({ filterGroup: [{ filters: filters(5) }] })).toBeUndefined()
    expect(filterFault({ filterGroup: [{ filters: filters(6) }] })).toMatch('at most 5 filters')
    expect(filterFault({ filterGroup: Array.from({ length: 10 }, () => ({ filters: filters(1) })) })).toBeUndefined()
    expect(filterFault({ filterGroup: Array.from({ length: 11 }, () => ({ filters: filters(1) })) })).toMatch('at most 10 filter groups')
    expect(filterFault({ filterGroup: [{ filters: filters(1, { fieldName: 'n', operator: 'in', value: [1, 2, 3, 4, 5] }) }] })).toBeUndefined()
    expect(filterFault({ filterGroup: [{ filters: filters(1, { fieldName: 'n', operator: 'in', value: [1, 2, 3, 4, 5, 6] }) }] })).toMatch('at most 5 values')
    expect(filterFault({ filterGroup: [{ filters: filters(1, { fieldName: 'n', operator: 'containsAny', value: Array(21).fill('a') }) }] })).toMatch('at most 20 values')
  })

  it('with an operator that does not exist', () => {
    expect(filterFault({ filterGroup: [{ filters: filters(1, { fieldName: 'n', operator: 'like', value: 'a' }) }] })).toMatch('received like')
  })
})

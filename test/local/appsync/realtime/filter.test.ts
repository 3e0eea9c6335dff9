import { describe, expect, it } from 'vitest'
import { filterFault, matchesArguments, matchesFilter } from '../../../../local/appsync/realtime/filter.ts'

const event = {
  id: '1',
  n: 5,
  text: 'hello',
  tags: ['a', 'b'],
  yes: true,
  author: { name: 'ada', age: 36 },
  none: null,
}
const matches = (fieldName: string, operator: string, value: unknown) =>
  matchesFilter({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] }, event)

describe('operators', () => {
  it.each([
    ['n', 'eq', 5, 6],
    ['text', 'eq', 'hello', 'Hello'],
    ['yes', 'eq', true, false],
    ['id', 'eq', '1', 1],
    ['n', 'ne', 6, 5],
    ['n', 'le', 5, 4],
    ['n', 'lt', 6, 5],
    ['n', 'ge', 5, 6],
    ['n', 'gt', 4, 5],
    ['text', 'gt', 'hellm', 'hello'],
    ['text', 'contains', 'ell', 'x'],
    ['tags', 'contains', 'a', 'c'],
    ['text', 'notContains', 'x', 'ell'],
    ['tags', 'notContains', 'c', 'a'],
    ['text', 'beginsWith', 'he', 'el'],
    ['n', 'in', [4, 5], [4, 6]],
    ['n', 'notIn', [4, 6], [4, 5]],
    ['n', 'between', [5, 6], [6, 7]],
    ['text', 'between', ['a', 'z'], ['i', 'z']],
    ['tags', 'containsAny', ['c', 'b'], ['c', 'd']],
    ['author.name', 'eq', 'ada', 'eve'],
    ['author.age', 'gt', 35, 36],
  ] as [string, string, unknown, unknown][])('%s %s %j holds, %j does not', (fieldName, operator, good, bad) => {
    expect([matches(fieldName, operator, good), matches(fieldName, operator, bad)]).toEqual([true, false])
  })

  it('are not satisfied by a field that the event does not have, negations included', () => {
    expect([
      matches('gone', 'ne', 1),
      matches('gone', 'notIn', [1]),
      matches('gone', 'notContains', 'a'),
      matches('author.gone', 'ne', 1),
    ]).toEqual([false, false, false, false])
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
    expect([
      matchesArguments({}, event),
      matchesArguments({ id: '1', n: 5 }, event),
      matchesArguments({ id: '2' }, event),
    ]).toEqual([true, true, false])
    expect([
      matchesArguments({ none: null }, event),
      matchesArguments({ id: null }, event),
      matchesArguments({ gone: '1' }, event),
    ]).toEqual([true, false, false])
  })
})

describe('a filter is refused', () => {
  const fault = (one: { fieldName?: string; operator?: string; value?: unknown }) =>
    filterFault({ filterGroup: [{ filters: [{ fieldName: 'n', operator: 'eq', value: 1, ...one }] }] })
  const values = (count: number) => Array.from({ length: count }, (_value, index) => index)

  it('with too many values', () => {
    expect([
      fault({ operator: 'in', value: values(5) }),
      fault({ operator: 'containsAny', value: values(20) }),
    ]).toEqual([undefined, undefined])
    expect(fault({ operator: 'in', value: values(6) })).toMatch('at most 5 values')
    expect(fault({ operator: 'notIn', value: values(6) })).toMatch('at most 5 values')
    expect(fault({ operator: 'containsAny', value: values(21) })).toMatch('at most 20 values')
  })

  it('with a path that is too deep or too long', () => {
    expect([fault({ fieldName: 'a.b.c.d.e' }), fault({ fieldName: 'a'.repeat(256) })]).toEqual([undefined, undefined])
    expect(fault({ fieldName: 'a.b.c.d.e.f' })).toMatch('at most 5 levels')
    expect(fault({ fieldName: 'a'.repeat(257) })).toMatch('at most 256 characters')
  })

  it('with an operator that does not exist', () => {
    expect(fault({ operator: 'like' })).toMatch('received like')
  })
})

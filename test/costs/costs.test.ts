import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Kind, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenLists, type GivenLists } from '../lists/given-lists.ts'
import { CASES, expectedOf, type CostCase } from './cases.ts'
import { createMeter } from './meter.ts'
import { givenTypical, type Typical } from './typical-images.ts'

const SCHEMA = readFileSync(resolve(import.meta.dirname, '../../schema.graphql'), 'utf8')

/** Fields of Query and Mutation, each with its docstring in one line. */
const DOCSTRINGS = new Map(parse(SCHEMA).definitions.flatMap((definition) =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(definition.name.value)
    ? (definition.fields ?? []).map(({ name, description }) => (
        [name.value, (description?.value ?? '').replace(/\s+/g, ' ')] as const
      ))
    : []))

const meter = createMeter()
let given: GivenLists
let typical: Typical
beforeAll(async () => {
  given = await givenLists(meter.options)
  typical = await givenTypical(given)
})
afterAll(() => given?.stop())

describe('the cost of every operation', () => {
  it('is measured', () => {
    expect(new Set(CASES.map(({ field }) => field))).toEqual(new Set(DOCSTRINGS.keys()))
  })

  it('is measured with images of more than 2 and less than 3 KB', () => {
    expect(typical.imageBytes).toBeGreaterThan(2_148)
    expect(typical.imageBytes).toBeLessThan(2_972)
  })

  it.each(CASES.map((one) => [titleOf(one), one] as const))('of %s is what it was expected to be', async (_, one) => {
    const { rcu, wcu, requests } = await meter.measure(await one.prepare(typical))
    expect(expectedOf({ rcu, wcu, requests })).toBe(one.expected)
  })

  it.each(CASES.map((one) => [titleOf(one), one] as const))('of %s is what the schema says', (_, { field, expected }) => {
    expect(DOCSTRINGS.get(field)).toContain(expected)
  })
})

function titleOf({ field, how }: CostCase): string {
  return how ? `${field}, ${how}` : field
}

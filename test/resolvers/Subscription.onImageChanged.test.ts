import { describe, expect, it } from 'vitest'
import { givenContext, givenResolver, ID, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Subscription.onImageChanged')

describe('Subscription.onImageChanged', () => {
  it.each([
    ["the caller's own images, whatever their status", {}, { owner: OWNER }],
    ["the one image that is asked for, if it is the caller's own", { id: ID }, { owner: OWNER, id: ID }],
  ])('lets through %s', (_, args, expected) => {
    const { extensions } = resolver.evaluate('response', givenContext({ args: { ...args } }), USER_POOL)
    const [group, ...others] = extensions.subscriptionFilter?.filterGroup ?? []
    expect(others).toEqual([])
    expect(Object.fromEntries((group?.filters ?? []).map(({ fieldName, value }) => [fieldName, value]))).toEqual(expected)
    expect(new Set((group?.filters ?? []).map(({ operator }) => operator))).toEqual(new Set(['eq']))
  })
})

import { describe, expect, it } from 'vitest'
import { EXCEPTIONS } from './exceptions.ts'
import { as, ask } from './given/graphql.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import { claimsOf, createPerson, deletePeople, signIn } from './target/people.ts'

describe(`what a run leaves behind: ${EXCEPTIONS.remains.held}`, () => {
  it('its users are deleted, and those of other runs are not', async () => {
    const otherRun = { ...givenTarget(), runId: `${givenTarget().runId}x` }
    const [mine, theirs] = await Promise.all([givenPerson('stays'), createPerson(otherRun, 'goes')])
    await deletePeople(otherRun)
    await expect(signIn(otherRun, theirs)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    const again = await signIn(givenTarget(), mine)
    expect(claimsOf(again.idToken).sub).toBe(mine.sub)
    expect((await ask(as({ ...mine, ...again }), '{ images { nextToken } }')).errors).toEqual([])
  })
})

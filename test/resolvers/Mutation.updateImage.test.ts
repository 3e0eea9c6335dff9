import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, ID, NOW, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Mutation.updateImage')
const ask = (input: object) =>
  resolver.evaluate('request', givenContext({ args: { input: { id: ID, ...input } } }), USER_POOL)
const CONDITION_FAILED = {
  message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException',
}
const answer = (input: object, members: object) =>
  resolver.evaluate('response', givenContext({ args: { input: { id: ID, ...input } }, ...members }), USER_POOL)

describe('Mutation.updateImage request', () => {
  it('sets the title, the time and the next version, and leaves the visibility alone', () => {
    expect(ask({ title: 'Bridge' }).result).toEqual({
      operation: 'UpdateItem',
      key: { id: { S: ID }, facet: { S: 'IMAGE' } },
      update: {
        expression: 'SET #title = :title, #updatedAt = :updatedAt, #version = #version + :one',
        expressionNames: { '#title': 'title', '#updatedAt': 'updatedAt', '#version': 'version' },
        expressionValues: { ':title': { S: 'Bridge' }, ':updatedAt': { S: NOW }, ':one': { N: 1 } },
      },
      condition: {
        expression: '#owner = :owner',
        expressionNames: { '#owner': 'owner' },
        expressionValues: { ':owner': { S: OWNER } },
      },
    })
  })

  it.each([[null], [''], [' \t']])('removes the title when it is %j', (title) => {
    expect(ask({ title }).result).toMatchObject({
      update: {
        expression: 'SET #updatedAt = :updatedAt, #version = #version + :one REMOVE #title',
        expressionNames: { '#title': 'title' },
      },
    })
  })

  it('puts a PUBLIC image into its shard by the same write, if it is READY', () => {
    expect(ask({ visibility: 'PUBLIC' }).result).toMatchObject({
      update: {
        expression: 'SET #visibility = :visibility, #publicKey = :publicKey, #updatedAt = :updatedAt, '
          + '#version = #version + :one',
        expressionValues: { ':visibility': { S: 'PUBLIC' }, ':publicKey': { S: 'PUBLIC#5' } },
      },
      condition: {
        expression: '#owner = :owner AND #status IN (:wasREADY)',
        expressionValues: { ':owner': { S: OWNER }, ':wasREADY': { S: 'READY' } },
      },
    })
  })

  it('takes a PRIVATE image out of its shard by the same write, whatever its status', () => {
    expect(ask({ visibility: 'PRIVATE', title: null }).result).toMatchObject({
      update: {
        expression: 'SET #visibility = :visibility, #updatedAt = :updatedAt, #version = #version + :one '
          + 'REMOVE #title, #publicKey',
      },
      condition: { expression: '#owner = :owner' },
    })
  })

  it('spreads images over eight shards by the last character of their ids', () => {
    const shardOf = (id: string) => {
      const { result } = resolver.evaluate(
        'request', givenContext({ args: { input: { id, visibility: 'PUBLIC' } } }), USER_POOL,
      ) as { result: { update: { expressionValues: Record<string, { S: string }> } } }
      return result.update.expressionValues[':publicKey']!.S
    }
    const shards = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].map((digit) => shardOf(ID.slice(0, -1) + digit))
    expect(shards.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0].map((shard) => `PUBLIC#${shard}`))
    expect(new Set(shards).size).toBe(8)
    for (const shard of shards) expect(shards.filter((other) => other === shard)).toHaveLength(4)
  })

  it.each([
    ['neither title nor visibility', {}, 'NothingToUpdate', 'got neither'],
    ['a visibility of null alone', { visibility: null }, 'NothingToUpdate', 'got neither'],
    ['a title of 201 characters', { title: 't'.repeat(201) }, 'InvalidTitle', 'got 201'],
    ['an id that can be no image\'s', { id: 'x', title: 'a' }, 'ImageNotFound', 'no image x'],
  ])('refuses %s', (_, input, errorType, received) => {
    expect(ask(input).error).toMatchObject({ errorType, message: expect.stringContaining(received) })
  })

  it('takes a title of 200 characters', () => {
    expect(ask({ title: 't'.repeat(200) }).error).toBeUndefined()
  })
})

describe('Mutation.updateImage response', () => {
  it('shows the image as it is stored, all of it', () => {
    const result = givenItem({ visibility: 'PUBLIC', publicKey: 'PUBLIC#5', title: 'Bridge', version: 4 })
    const shown = answer({ visibility: 'PUBLIC' }, { result }).result
    expect(shown).toMatchObject({ visibility: 'PUBLIC', title: 'Bridge', version: 4, fileName: 'photo.jpg' })
    expect(shown).not.toHaveProperty('publicKey')
  })

  it("says the same of another's image and of one that is not there", () => {
    const input = { visibility: 'PUBLIC' }
    const unknown = answer(input, { error: CONDITION_FAILED, result: null }).error
    const result = givenItem({ owner: 'x', status: 'PENDING' })
    const foreign = answer(input, { error: CONDITION_FAILED, result }).error
    expect(unknown).toMatchObject({ errorType: 'ImageNotFound', message: `You have no image ${ID}.` })
    expect(foreign).toEqual(unknown)
  })

  const UNREADY = ['PENDING', 'PROCESSING', 'REJECTED', 'FAILED', 'EXPIRED'] as const
  it.each(UNREADY)('names the status %s of an image that can not be PUBLIC', (status) => {
    const { error } = answer({ visibility: 'PUBLIC' }, { error: CONDITION_FAILED, result: givenItem({ status }) })
    expect(error).toMatchObject({ errorType: 'ImageNotReady', message: expect.stringContaining(status) })
  })

  it('asks to try again when what stood in the way is gone', () => {
    const { error } = answer({ visibility: 'PUBLIC' }, { error: CONDITION_FAILED, result: givenItem() })
    expect(error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })
})

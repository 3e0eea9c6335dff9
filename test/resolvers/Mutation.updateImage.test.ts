import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenItem, ID, NOW, OWNER, TABLE_NAME } from './given.ts'
import { CONDITION_FAILED, givenWrite } from './given-write.ts'

const write = givenWrite('Mutation.updateImage')
const update = (input: object, current: ImageItem | null = givenItem(), failure?: typeof CONDITION_FAILED) =>
  write({ args: { input: { id: ID, ...input } }, current, ...(failure ? { failure } : {}) })

describe('Mutation.updateImage', () => {
  it('sets the title, the time and the next version, and leaves the visibility alone', () => {
    expect(update({ title: 'Bridge' }).asked).toEqual({
      operation: 'UpdateItem',
      key: { id: { S: ID }, facet: { S: 'IMAGE' } },
      update: {
        expression: 'SET #title = :title, #updatedAt = :updatedAt, #version = #version + :one',
        expressionNames: { '#title': 'title', '#updatedAt': 'updatedAt', '#version': 'version' },
        expressionValues: { ':title': { S: 'Bridge' }, ':updatedAt': { S: NOW }, ':one': { N: 1 } },
      },
      condition: {
        expression: '#version = :version',
        expressionNames: { '#version': 'version' },
        expressionValues: { ':version': { N: 3 } },
      },
    })
  })

  it.each([[null], [''], [' \t']])('removes the title when it is %j', (title) => {
    expect(update({ title }).asked).toMatchObject({
      update: {
        expression: 'SET #updatedAt = :updatedAt, #version = #version + :one REMOVE #title',
        expressionNames: { '#title': 'title' },
      },
    })
  })

  it('puts a PUBLIC image into its shard by the same write, if it is READY', () => {
    expect(update({ visibility: 'PUBLIC' }).asked).toMatchObject({
      update: {
        expression: 'SET #visibility = :visibility, #publicKey = :publicKey, #updatedAt = :updatedAt, '
          + '#version = #version + :one',
        expressionValues: { ':visibility': { S: 'PUBLIC' }, ':publicKey': { S: 'PUBLIC#5' } },
      },
    })
  })

  it('takes a PRIVATE image out of its shard by the same write, whatever its status', () => {
    const pending = givenItem({ status: 'PENDING' })
    expect(update({ visibility: 'PRIVATE', title: null }, pending).asked).toMatchObject({
      update: {
        expression: 'SET #visibility = :visibility, #updatedAt = :updatedAt, #version = #version + :one '
          + 'REMOVE #title, #publicKey',
      },
    })
  })

  it('spreads images over eight shards by the last character of their ids', () => {
    const shardOf = (id: string) => {
      const { asked } = write({ args: { input: { id, visibility: 'PUBLIC' } }, current: givenItem({ id }) })
      const { update: { expressionValues } } = asked as { update: { expressionValues: Record<string, { S: string }> } }
      return expressionValues[':publicKey']!.S
    }
    const shards = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].map((digit) => shardOf(ID.slice(0, -1) + digit))
    expect(shards.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0].map((shard) => `PUBLIC#${shard}`))
    expect(new Set(shards).size).toBe(8)
    for (const shard of shards) expect(shards.filter((other) => other === shard)).toHaveLength(4)
  })

  it.each([
    ['nothing', {}, 'NothingToUpdate', 'got none'],
    ['a visibility of null alone', { visibility: null }, 'NothingToUpdate', 'got none'],
    ['an expectedVersion alone', { expectedVersion: 3 }, 'NothingToUpdate', 'got none'],
    ['another version than was expected', { title: 'a', expectedVersion: 2 }, 'VersionConflict', 'version 3, expected 2'],
    ['an altText of 1,001 characters', { altText: 'a'.repeat(1_001) }, 'InvalidAltText', 'got 1001'],
    ['a category of 51', { category: 'c'.repeat(51) }, 'InvalidCategory', 'got 51'],
    ['21 tags', { tags: Array.from({ length: 21 }, String) }, 'InvalidTags', 'got 21'],
    ['a title of 201 characters', { title: 't'.repeat(201) }, 'InvalidTitle', 'got 201'],
    ['an id that can be no image\'s', { id: 'x', title: 'a' }, 'ImageNotFound', 'no image x'],
  ])('refuses %s', (_, input, errorType, received) => {
    expect(update(input).error).toMatchObject({ errorType, message: expect.stringContaining(received) })
  })

  it('takes a title of 200 characters', () => {
    expect(update({ title: 't'.repeat(200) }).error).toBeUndefined()
  })
})

describe('Mutation.updateImage answers', () => {
  it('the image as it is stored, all of it', () => {
    const { answer } = update({ visibility: 'PUBLIC', title: 'Bridge', expectedVersion: 3 })
    expect(answer).toMatchObject({ visibility: 'PUBLIC', title: 'Bridge', version: 4, fileName: 'photo.jpg' })
    expect(answer).not.toHaveProperty('publicKey')
  })

  it("the same for another's image and for one that is not there", () => {
    const unknown = update({ visibility: 'PUBLIC' }, null).error
    const foreign = update({ visibility: 'PUBLIC' }, givenItem({ owner: 'x', status: 'PENDING' })).error
    expect(unknown).toMatchObject({ errorType: 'ImageNotFound', message: `You have no image ${ID}.` })
    expect(foreign).toEqual(unknown)
  })

  const UNREADY = ['PENDING', 'PROCESSING', 'REJECTED', 'FAILED', 'EXPIRED'] as const
  it.each(UNREADY)('why an image that is %s can not be PUBLIC', (status) => {
    const { error } = update({ visibility: 'PUBLIC' }, givenItem({ status }))
    expect(error).toMatchObject({ errorType: 'ImageNotReady', message: expect.stringContaining(status) })
  })

  it.each(['PENDING', 'HELD', 'UNAVAILABLE'] as const)('why an image can not be PUBLIC whose moderation is %s', (moderationStatus) => {
    const { error } = update({ visibility: 'PUBLIC' }, givenItem({ moderationStatus }))
    expect(error).toMatchObject({ errorType: 'ImageHeld', message: expect.stringContaining(moderationStatus) })
  })

  it('that somebody else was faster', () => {
    expect(update({ title: 'Bridge' }, givenItem(), CONDITION_FAILED).error)
      .toMatchObject({ errorType: 'ImageChangedMeanwhile' })
  })
})

describe('Mutation.updateImage of what an image is found by', () => {
  const tagged = givenItem({ category: 'Sea', tags: ['Sun', 'Pier'] })
  const facets = (input: object, current: ImageItem) => (update(input, current).beside ?? []).map((write) => {
    const { operation, key } = write as { operation: string; key: { facet: { S: string } } }
    return `${operation} ${key.facet.S}`
  })

  it('writes the facets that come and go with the image, or not at all', () => {
    expect(facets({ category: 'Hills', tags: ['sun', 'Grass'] }, tagged)).toEqual([
      'DeleteItem CATEGORY#sea', 'DeleteItem TAG#pier', 'PutItem CATEGORY#hills', 'PutItem TAG#grass',
    ])
  })

  it.each([[null], [[]]])('takes them away with tags of %j', (tags) => {
    expect(facets({ tags }, tagged)).toEqual(['DeleteItem TAG#sun', 'DeleteItem TAG#pier'])
  })

  it('writes the image alone when they stay, or are not there before the image is READY', () => {
    expect(facets({ title: 'Pier', category: 'SEA' }, tagged)).toEqual([])
    expect(facets({ category: 'Hills' }, { ...tagged, status: 'PENDING' })).toEqual([])
  })

  it('says under which key of the index a facet is found', () => {
    const { beside } = update({ tags: ['Sun', 'Pier', 'Grass'] }, tagged)
    expect(beside).toEqual([{
      table: TABLE_NAME,
      operation: 'PutItem',
      key: { id: { S: ID }, facet: { S: 'TAG#grass' } },
      attributeValues: { facetKey: { S: `${OWNER}#TAG#grass` } },
    }])
  })
})

import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, IAM, ID } from './given.ts'

const resolver = givenResolver('Mutation.publishImageChange')
const respond = (result: object | null) =>
  resolver.evaluate('response', givenContext({ args: { id: ID }, result }), IAM)

describe('Mutation.publishImageChange', () => {
  it('reads the image as it stands this moment, and writes nothing', () => {
    const { result } = resolver.evaluate('request', givenContext({ args: { id: ID } }), IAM)
    expect(result).toMatchObject({
      operation: 'GetItem', key: { id: { S: ID }, facet: { S: 'IMAGE' } }, consistentRead: true,
    })
  })

  it.each(['READY', 'DELETED'] as const)('answers with an image that is %s', (status) => {
    expect(respond(givenItem({ status })).result).toMatchObject({ id: ID, status, version: 3 })
  })

  it('refuses one that is not there', () => {
    expect(respond(null).error).toMatchObject({ errorType: 'ImageNotFound' })
  })
})

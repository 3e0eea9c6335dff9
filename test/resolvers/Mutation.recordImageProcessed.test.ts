import { describe, expect, it } from 'vitest'
import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import { givenContext, givenItem, givenResolver, IAM, ID, NOW, OWNER } from './given.ts'

const resolver = givenResolver('Mutation.recordImageProcessed')

const READY: RecordImageProcessedInput = {
  id: ID,
  owner: OWNER,
  status: 'READY',
  sha256: 'ab'.repeat(32),
  width: 40,
  height: 30,
  variants: [{ width: 40, height: 30, format: 'webp', byteSize: 9 }],
  thumbhash: 'dGh1bWI=',
  dominantColor: '#102030',
  labels: [],
  labelsStatus: 'READY',
}
const FAILURE = { code: 'CORRUPT_IMAGE', message: 'It breaks off.', retryable: false }

const request = (input: object) => resolver.evaluate('request', givenContext({ args: { input } }), IAM)
const refused = (input: object, current: object | null) => {
  const error = { message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException' }
  return resolver.evaluate('response', givenContext({ args: { input }, error, result: current }), IAM)
}

describe('Mutation.recordImageProcessed request', () => {
  it('updates the image, its place in the lists and its version in one write', () => {
    const { result } = request(READY) as { result: { update: { expression: string; expressionValues: object } } }
    expect(result).toMatchObject({ operation: 'UpdateItem', key: { id: { S: ID }, facet: { S: 'IMAGE' } } })
    expect(result.update.expression).toContain('#version = #version + :one')
    expect(result.update.expressionValues).toMatchObject({
      ':status': { S: 'READY' },
      ':facetKey': { S: `${OWNER}#READY` },
      ':updatedAt': { S: NOW },
      ':processedAt': { S: NOW },
    })
  })

  it.each([
    ['PROCESSING', {}, ['PENDING']],
    ['READY', READY, ['PENDING', 'PROCESSING']],
    ['REJECTED', { failure: FAILURE }, ['PENDING', 'PROCESSING']],
    ['FAILED', { failure: FAILURE }, ['PENDING', 'PROCESSING']],
    ['EXPIRED', { failure: FAILURE }, ['PENDING']],
  ])('lets %s follow only what it may follow, and only for the owner', (status, members, previous) => {
    const { result } = request({ ...members, id: ID, owner: OWNER, status })
    const values = Object.fromEntries(previous.map((was) => [`:was${was}`, { S: was }]))
    expect(result).toMatchObject({
      condition: {
        expression: `#owner = :owner AND #status IN (${previous.map((was) => `:was${was}`).join(', ')})`,
        expressionValues: { ':owner': { S: OWNER }, ...values },
      },
    })
  })

  it('lets an image that FAILED start over for an operator, without what it failed with, if it may be tried again', () => {
    const { result } = request({ id: ID, owner: OWNER, status: 'PROCESSING', redriven: true })
    expect(result).toMatchObject({
      update: { expression: expect.stringMatching(/#version = #version \+ :one REMOVE #failure, #processedAt$/) },
      condition: {
        expression:
          '#owner = :owner AND (#status IN (:wasPENDING) OR (#status = :wasFAILED AND #failure.#retryable = :retryable))',
        expressionNames: { '#failure': 'failure', '#retryable': 'retryable', '#status': 'status' },
        expressionValues: { ':wasFAILED': { S: 'FAILED' }, ':retryable': { BOOL: true } },
      },
    })
  })

  it.each([[{}], [{ redriven: false }], [{ redriven: null }]])(
    'lets an image that FAILED start over for nobody else (%o)',
    (members) => {
      const { result } = request({ id: ID, owner: OWNER, status: 'PROCESSING', ...members })
      expect(JSON.stringify(result)).not.toContain('FAILED')
      expect(JSON.stringify(result)).not.toContain('REMOVE')
    },
  )

  it('does not say when an image that is PROCESSING was finished', () => {
    const { result } = request({ id: ID, owner: OWNER, status: 'PROCESSING' })
    expect(JSON.stringify(result)).not.toContain('processedAt')
  })

  it.each([
    ['a step back to PENDING', { status: 'PENDING' }, 'got PENDING'],
    ['READY without what belongs to it', { ...READY, thumbhash: null, width: undefined }, 'must have width, thumbhash'],
    ['REJECTED without a reason', { status: 'REJECTED' }, 'must have failure'],
    ['an outcome that starts over', { ...READY, redriven: true }, 'got READY'],
  ])('refuses %s', (_, input, sentence) => {
    const { error } = request({ id: ID, owner: OWNER, ...input })
    expect(error).toMatchObject({ errorType: 'InvalidOutcome' })
    expect(error?.message).toContain(sentence)
  })
})

describe('Mutation.recordImageProcessed response', () => {
  it('shows the image as it is stored', () => {
    const context = givenContext({ args: { input: READY }, result: givenItem() })
    expect(resolver.evaluate('response', context, IAM).result).toMatchObject({ status: 'READY', mediaKey: 'bWVkaWE' })
  })

  it.each(['READY', 'REJECTED', 'FAILED', 'EXPIRED'] as const)('never changes an image that is %s', (status) => {
    expect(refused(READY, givenItem({ status })).error).toMatchObject({ errorType: 'ImageAlreadyFinished' })
  })

  it('does not know an image that is not there', () => {
    expect(refused(READY, null).error).toMatchObject({ errorType: 'ImageNotFound' })
  })

  it("does not know another owner's image", () => {
    expect(refused(READY, givenItem({ owner: 'somebody-else' })).error).toMatchObject({ errorType: 'ImageNotFound' })
  })

  it('answers a repeated claim with the image as it is', () => {
    const { result, error } = refused({ id: ID, owner: OWNER, status: 'PROCESSING' }, givenItem({ status: 'PROCESSING' }))
    expect(error).toBeUndefined()
    expect(result).toMatchObject({ status: 'PROCESSING', version: 3 })
  })

  it('refuses to expire an image that is being developed', () => {
    const input = { id: ID, owner: OWNER, status: 'EXPIRED', failure: FAILURE }
    expect(refused(input, givenItem({ status: 'PROCESSING' })).error).toMatchObject({ errorType: 'InvalidTransition' })
  })
})

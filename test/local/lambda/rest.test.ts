import { afterEach, beforeEach, expect, it } from 'vitest'
import { handleRest, type RestRequest } from '../../../local/lambda/rest.ts'
import { OPERATOR } from '../sqs/given.ts'
import { functionResource, givenLambda, type GivenLambda } from './given.ts'

let given: GivenLambda
beforeEach(() => {
  const code = 'exports.handler = async (event) => { if (event.fail) throw new Error("no"); return event.n + 1 }'
  given = givenLambda([functionResource('worker')], { worker: { 'index.js': code } })
})
afterEach(() => given.stop())

const post = (body: string, headers: Record<string, string> = {}, request: Partial<RestRequest> = {}) => {
  const url = '/2015-03-31/functions/worker/invocations'
  return handleRest(given.lambda, { method: 'POST', url, headers, body, ...request }, OPERATOR)
}

it('answers an invocation with its payload, and its log when asked', async () => {
  const response = await post('{"n":1}', { 'x-amz-log-type': 'Tail' })
  expect(response).toMatchObject({ statusCode: 200, body: '2', headers: { 'x-amz-executed-version': '$LATEST' } })
  const log = Buffer.from(response.headers['x-amz-log-result'] ?? '', 'base64').toString()
  expect(log).toMatch(/^START RequestId/)
})

it('marks a failed invocation', async () => {
  const response = await post('{"fail":true}')
  expect(response).toMatchObject({ statusCode: 200, headers: { 'x-amz-function-error': 'Unhandled' } })
  expect(JSON.parse(response.body)).toMatchObject({ errorType: 'Error', errorMessage: 'no' })
})

it('runs nothing on a dry run', async () => {
  expect(await post('{"n":1}', { 'x-amz-invocation-type': 'DryRun' })).toMatchObject({ statusCode: 204 })
  expect(given.lines).toEqual([])
})

it.each([
  ['a payload that is no JSON', '{', {}, {}, 400, 'InvalidRequestContentException'],
  ['an unknown function', '', {}, { url: '/2015-03-31/functions/other/invocations' }, 404, 'ResourceNotFoundException'],
  [
    'an unknown version', '', {}, { url: '/2015-03-31/functions/worker/invocations?Qualifier=7' }, 404,
    'ResourceNotFoundException',
  ],
  ['an asynchronous invocation', '{}', { 'x-amz-invocation-type': 'Event' }, {}, 501, 'NotImplemented'],
  ['another operation', '', {}, { method: 'GET', url: '/2015-03-31/functions' }, 501, 'NotImplemented'],
])('refuses %s', async (_, body, headers, request, statusCode, code) => {
  const response = await post(body, headers, request)
  expect(response).toMatchObject({ statusCode, headers: { 'x-amzn-errortype': code } })
})

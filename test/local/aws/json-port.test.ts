import { createServer, request as httpRequest, type Server } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { DescribeLimitsCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { AwsError } from '../../../local/aws/errors.ts'
import { createJsonPort, MAX_BODY_BYTES } from '../../../local/aws/json-port.ts'
import type { JsonService } from '../../../local/aws/json-service.ts'
import { systemClock } from '../../../local/clock.ts'
import { createCredentialStore } from '../../../local/iam/credentials.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { givenDynamoDB, operator, TABLE, type Given } from '../dynamodb/given-dynamodb.ts'
import { PLACE } from '../assembly/given-assembly.ts'

let server: Server
let url: string
let given: Given
let keyFolder: string
let clients: DynamoDBClient[] = []
let dynamodb: DynamoDBClient
const logged: string[] = []

/** A service of JSON 1.1 with one unsigned operation. */
const greeter: JsonService & { callers: Caller[] } = {
  targetPrefix: 'Greeter_V1',
  jsonVersion: '1.1',
  unsignedOperations: new Set(['Hello', 'Fail', 'Break']),
  callers: [],
  async call(operation, input, caller) {
    this.callers.push(caller)
    if (operation === 'Fail') throw new AwsError('NotAuthorizedException', 'Incorrect username or password.')
    if (operation === 'Break') throw new TypeError('a secret of the implementation')
    return { hello: input.name }
  },
}

function client(
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  region = PLACE.region,
) {
  const made = new DynamoDBClient({ endpoint: url, region, credentials, maxAttempts: 1 })
  clients.push(made)
  return made
}

beforeAll(async () => {
  given = await givenDynamoDB()
  keyFolder = mkdtempSync(path.join(os.tmpdir(), 'keys-'))
  const credentials = createCredentialStore(keyFolder)
  server = createServer(
    createJsonPort({
      services: [
        { service: given.dynamodb, signingName: 'dynamodb', errorNamespace: 'com.amazonaws.dynamodb.v20120810' },
        { service: greeter, signingName: 'greeter' },
      ],
      signatures: createSignatureVerifier({ credentials, clock: systemClock }),
      region: PLACE.region,
      log: (level, _service, message, details) => void logged.push(`${level} ${message} ${JSON.stringify(details)}`),
      documents: (at) => (at === '/keys.json' ? { status: 200, body: { keys: [] } } : undefined),
      restServices: [
        {
          pathPrefix: '/rest/',
          signingName: 'dynamodb',
          answer: async ({ method, url: at, body }, caller) => ({
            statusCode: 202,
            headers: { 'x-caller': caller.kind },
            body: `${method} ${at} ${body}`,
          }),
        },
      ],
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  dynamodb = client(credentials.credentialsFor({ kind: 'operator', arn: (operator as { arn: string }).arn }))
})
afterAll(async () => {
  for (const made of clients) made.destroy()
  clients = []
  server.close()
  server.closeAllConnections()
  await given.end()
  rmSync(keyFolder, { recursive: true })
})
beforeEach(() => void (greeter.callers.length = 0))

function post(target: string | undefined, body: string, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      ...(target === undefined ? {} : { 'x-amz-target': target }),
      ...headers,
    },
  })
}

describe('a signed request', () => {
  it('reaches its service, and the answer the client', async () => {
    const Item = { id: { S: '1' }, facet: { S: 'IMAGE' }, bytes: { B: new Uint8Array([1, 2, 255]) } }
    await dynamodb.send(new PutItemCommand({ TableName: TABLE, Item }))
    const { Item: found, $metadata } = await dynamodb.send(
      new GetItemCommand({ TableName: TABLE, Key: { id: { S: '1' }, facet: { S: 'IMAGE' } } }),
    )
    expect(found).toEqual(Item)
    expect($metadata.requestId).toMatch(/^[\w-]+$/)
  })

  it("is answered with the service's own errors, members and all", async () => {
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: { id: { S: 'once' }, facet: { S: 'IMAGE' } },
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    })
    await dynamodb.send(put)
    await expect(dynamodb.send(put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { id: { S: 'once' } },
      $metadata: { httpStatusCode: 400 },
    })
  })

  it('is told by name what is not emulated', async () => {
    await expect(dynamodb.send(new DescribeLimitsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('DescribeLimits'),
      $metadata: { httpStatusCode: 501 },
    })
  })

  it.each([
    [
      'an unknown access key',
      { accessKeyId: 'ASIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' },
      PLACE.region,
      'UnrecognizedClientException',
    ],
    ['a wrong secret', 'wrong secret' as const, PLACE.region, 'InvalidSignatureException'],
    ['a wrong session token', 'wrong token' as const, PLACE.region, 'UnrecognizedClientException'],
    ['another region', 'right' as const, 'us-west-2', 'InvalidSignatureException'],
  ])('with %s is refused', async (_, keys, region, code) => {
    const right = await dynamodb.config.credentials()
    const credentials =
      typeof keys !== 'string'
        ? keys
        : keys === 'wrong secret'
        ? { ...right, secretAccessKey: 'wrong' }
        : keys === 'wrong token'
        ? { ...right, sessionToken: 'wrong' }
        : right
    const key = { id: { S: '1' }, facet: { S: 'IMAGE' } }
    const attempt = client(credentials, region).send(new GetItemCommand({ TableName: TABLE, Key: key }))
    await expect(attempt).rejects.toMatchObject({ name: code, $metadata: { httpStatusCode: 400 } })
  })
})

describe('an unsigned request', () => {
  it('is served where the operation needs no signature', async () => {
    const response = await post('Greeter_V1.Hello', '{"name": "you"}')
    expect(await response.json()).toEqual({ hello: 'you' })
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(greeter.callers).toEqual([{ kind: 'anonymous' }])
  })

  it.each([
    ['Greeter_V1.Whoami', {}, 'MissingAuthenticationTokenException'],
    ['Greeter_V1.Whoami', { authorization: 'Bearer abc' }, 'IncompleteSignatureException'],
    ['Nobody.Whoami', {}, 'UnknownOperationException'],
    [undefined, {}, 'UnknownOperationException'],
  ])('for %s with %j is refused', async (target, headers, code) => {
    const response = await post(target, '{}', headers)
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, code])
    expect(greeter.callers).toEqual([])
  })

  it.each(['', '{', '[]', '"text"'])('with the body %j is refused', async (body) => {
    const response = await post('Greeter_V1.Hello', body)
    expect(response.headers.get('x-amzn-errortype')).toBe('SerializationException')
  })

  it('with more than 16 MiB is refused', async () => {
    const response = await post('Greeter_V1.Hello', 'x'.repeat(MAX_BODY_BYTES + 1))
    expect(response.status).toBe(413)
  })
})

describe('errors', () => {
  it('carry their code in header and body, with the namespace only in JSON 1.0', async () => {
    const cognito = await post('Greeter_V1.Fail', '{}')
    expect(cognito.headers.get('x-amzn-errortype')).toBe('NotAuthorizedException')
    expect(await cognito.json()).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
    const dynamo = await post('DynamoDB_20120810.GetItem', '{}')
    expect(await dynamo.json()).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    })
  })

  it('of our own are masked for the client and logged in full', async () => {
    const response = await post('Greeter_V1.Break', '{}')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(logged.join('\n')).toContain('a secret of the implementation')
  })
})

describe('a browser', () => {
  it('may ask from any origin', async () => {
    const asked = { origin: 'http://localhost:5173', 'access-control-request-headers': 'x-amz-target,content-type' }
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { ...asked, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('x-amz-target,content-type')
    const failed = await post('Greeter_V1.Fail', '{}', { origin: 'http://localhost:5173' })
    expect(failed.headers.get('access-control-allow-origin')).toBe('*')
    expect(failed.headers.get('access-control-expose-headers')).toContain('x-amzn-errortype')
  })
})

it('serves public documents', async () => {
  expect(await (await fetch(`${url}/keys.json`)).json()).toEqual({ keys: [] })
  expect((await fetch(`${url}/nothing`)).status).toBe(404)
})

it('checks the signature of a REST service too, and hands it the caller', async () => {
  expect((await fetch(`${url}/rest/x`)).headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: PLACE.region,
    credentials: await dynamodb.config.credentials(),
    sha256: Sha256,
  })
  const { hostname, port, host } = new URL(url)
  const request = new HttpRequest({
    protocol: 'http:',
    method: 'POST',
    hostname,
    port: Number(port),
    path: '/rest/x',
    headers: { host },
    body: 'hi',
  })
  const { headers } = await signer.sign(request)
  const response = await fetch(`${url}/rest/x`, { method: 'POST', body: 'hi', headers })
  expect([response.status, response.headers.get('x-caller')]).toEqual([202, 'operator'])
  expect(await response.text()).toBe('POST /rest/x hi')
})

it('survives a client that goes away in the middle of a request', async () => {
  const request = httpRequest(url, {
    method: 'POST',
    headers: { 'x-amz-target': 'Greeter_V1.Hello', 'content-length': 100 },
  })
  request.on('error', () => undefined)
  request.write('{')
  await once(request, 'socket').then(([socket]) => once(socket, 'connect'))
  request.destroy()
  expect(await (await post('Greeter_V1.Hello', '{"name": 1}')).json()).toEqual({ hello: 1 })
})

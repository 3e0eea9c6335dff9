import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAppSync } from '../../../local/appsync/appsync.ts'
import { httpDataSource } from '../../../local/appsync/data-sources/http.ts'
import { MAX_HTTP_CALL_MS, MAX_HTTP_RESPONSE_BYTES } from '../../../local/appsync/limits.ts'
import { resolveStack } from '../../../local/assembly/resolve-stack.ts'
import { NotImplemented } from '../../../local/aws/errors.ts'
import { createJsonPort } from '../../../local/aws/json-port.ts'
import type { Resource } from '../../../local/aws/resource.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { createCredentialStore } from '../../../local/iam/credentials.ts'
import { listen, type Listeners } from '../../../local/listeners.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { createSqs, type Sqs } from '../../../local/sqs/sqs.ts'
import { ACCOUNT_ID, API_ID, API_KEY, answers, code, handMovedClock, REGION, resourcesOf, role } from './given.ts'

const SQS = `https://sqs.${REGION}.amazonaws.com`
const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:jobs`
const ROLES = {
  sender: role('Sender', { Action: 'sqs:SendMessage', Resource: QUEUE_ARN }),
  stranger: role('Stranger', { Action: 'sqs:SendMessage', Resource: `${QUEUE_ARN}-of-others` }),
  publisher: role('Publisher', {
    Action: 'appsync:GraphQL',
    Resource: `arn:aws:appsync:${REGION}:${ACCOUNT_ID}:apis/${API_ID}/types/Mutation/fields/publish`,
  }),
}
type RoleName = keyof typeof ROLES

const dataDir = mkdtempSync(join(tmpdir(), 'http-data-source-'))
const clock = handMovedClock()
const credentials = createCredentialStore(dataDir)
const signatures = createSignatureVerifier({ credentials, clock })
const credentialsFor = (name: string) => credentials.credentialsFor(ROLES[name as RoleName])
afterAll(() => rmSync(dataDir, { recursive: true }))

function source(name: RoleName, Endpoint: unknown, SigningServiceName: string, more: object = {}): Resource {
  const AwsIamConfig = { SigningRegion: REGION, SigningServiceName }
  const HttpConfig = { Endpoint, AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig }, ...more }
  const properties = { Name: name, Type: 'HTTP', ServiceRoleArn: name, HttpConfig }
  return { logicalId: `${name}Source`, type: 'AWS::AppSync::DataSource', physicalId: name, attributes: {}, properties }
}

const JSON_10 = { 'Content-Type': 'application/x-amz-json-1.0' }

describe('a resolver on an HTTP data source', () => {
  const SDL = /* GraphQL */ `
    type Query { asSender(request: String!): String asStranger(request: String!): String own(query: String!): String }
    type Mutation { publish(id: ID!): ID @aws_iam forget(id: ID!): ID @aws_iam }
  `
  const RESPONSE = 'return JSON.stringify({ result: ctx.result, error: ctx.error })'
  const sendJson = code('return JSON.parse(ctx.args.request)', RESPONSE)
  const askItself = code(
    `return { method: 'POST', resourcePath: '/graphql', params: {
      headers: { 'Content-Type': 'application/json' }, body: { query: ctx.args.query } } }`,
    RESPONSE,
  )
  let listeners: Listeners
  let sqs: Sqs
  let stop: () => Promise<void>
  beforeAll(async () => {
    listeners = await listen(0, clock)
    const { endpoints } = listeners
    const log = () => undefined
    const authorizer = createAuthorizer()
    const context = { dataDir, clock, log, region: REGION, accountId: ACCOUNT_ID, endpoints, authorizer, signatures }
    sqs = createSqs(context)
    sqs.deploy([
      {
        logicalId: 'Jobs',
        type: 'AWS::SQS::Queue',
        physicalId: `${endpoints.aws}/${ACCOUNT_ID}/jobs`,
        attributes: { Arn: QUEUE_ARN, QueueName: 'jobs' },
        properties: { QueueName: 'jobs' },
      },
    ])
    const services = [{ service: sqs, signingName: 'sqs', errorNamespace: 'com.amazonaws.sqs' }]
    listeners.attach('aws', createJsonPort({ services, signatures, region: REGION, log }))
    const appSync = createAppSync({
      context,
      dynamodb: { targetPrefix: 'DynamoDB', jsonVersion: '1.0', call: () => Promise.reject(new Error('no table')) },
      invokeLambda: () => Promise.reject(new Error('no function')),
      roleCaller: (name) => ROLES[name as RoleName],
      credentialsFor,
      jwks: () => ({ keys: [] }),
    })
    const resolvers = {
      'Query.asSender': { code: sendJson },
      'Query.asStranger': { code: sendJson },
      'Query.own': { code: askItself },
      'Mutation.publish': { code: answers('ctx.args.id') },
      'Mutation.forget': { code: answers('ctx.args.id') },
    }
    const sourceOf: Record<string, RoleName> = { asSender: 'sender', asStranger: 'stranger', own: 'publisher' }
    const resources = [
      source('sender', SQS, 'sqs'),
      source('stranger', SQS, 'sqs'),
      source('publisher', endpoints.appsync, 'appsync'),
      ...resourcesOf({ sdl: SDL, resolvers }),
    ].filter(({ logicalId }) => logicalId !== 'Table' && logicalId !== 'Function')
    for (const { properties } of resources) {
      const name = sourceOf[String(properties.FieldName)]
      if (name) properties.DataSourceName = name
    }
    const place = { region: REGION, accountId: ACCOUNT_ID, stackName: 'Test' }
    appSync.deploy(resources, { ...place, resources: [], outputs: {}, assetPath: String })
    listeners.attach('appsync', appSync.handler)
    stop = async () => {
      await appSync.stop()
      sqs.stop()
      await listeners.close()
    }
  })
  afterAll(() => stop())

  async function ask(field: string, variables: Record<string, string>): Promise<{
    result: { statusCode: number; headers: Record<string, string>; body: string } | null
    error: { type: string; message: string } | null
  }> {
    const [name] = Object.keys(variables)
    const query = `query($${name}: String!) { ${field}(${name}: $${name}) }`
    const answer = await fetch(`${listeners.endpoints.appsync}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
      body: JSON.stringify({ query, variables }),
    })
    const { data } = (await answer.json()) as { data: Record<string, string> }
    return JSON.parse(data[field] ?? '') as Awaited<ReturnType<typeof ask>>
  }
  const message = (MessageBody: string) =>
    JSON.stringify({
      method: 'POST',
      resourcePath: '/',
      params: {
        headers: { ...JSON_10, 'X-Amz-Target': 'AmazonSQS.SendMessage' },
        body: { QueueUrl: `${listeners.endpoints.aws}/${ACCOUNT_ID}/jobs`, MessageBody },
      },
    })
  const received = async () => {
    const messages = await sqs.receive(QUEUE_ARN, { maxMessages: 10 }, { kind: 'operator', arn: 'operator' })
    return messages.map(({ message: { body } }) => body)
  }

  it('is refused by IAM what its role may not do, as an answer', async () => {
    const { result, error } = await ask('asStranger', { request: message('refused') })
    expect(error).toBeNull()
    expect(result?.statusCode).toBe(400)
    expect(result?.body).toContain('AccessDeniedException')
    expect(result?.body).toContain(ROLES.stranger.arn)
    expect(await received()).toEqual([])
  })

  it('sends a message to a queue as its role', async () => {
    const { result } = await ask('asSender', { request: message('résumé') })
    expect(result).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } })
    expect(JSON.parse(result?.body ?? '')).toMatchObject({ MessageId: expect.any(String) })
    expect(await received()).toEqual(['résumé'])
  })

  it('calls its own API, where IAM decides field by field', async () => {
    const { result } = await ask('own', { query: 'mutation { publish(id: "1") forget(id: "1") }' })
    expect(result?.statusCode).toBe(200)
    expect(JSON.parse(result?.body ?? '')).toMatchObject({
      data: { publish: '1', forget: null },
      errors: [{ path: ['forget'], errorType: 'Unauthorized' }],
    })
  })

  it('sees what was wrong with its request, whatever the status', async () => {
    const { result } = await ask('own', { query: '' })
    expect(result).toMatchObject({ statusCode: 400, body: expect.stringContaining('MalformedHttpRequestException') })
  })
})

describe('an HTTP data source', () => {
  let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')))
  })
  let endpoints = { appsync: 'http://127.0.0.1:1', s3: '', cloudfront: '', aws: '', explorer: '' }
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    endpoints = { ...endpoints, aws: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const open = (resource = source('sender', SQS, 'sqs'), at = endpoints) =>
    httpDataSource(resource, { clock, endpoints: at, region: REGION }, credentialsFor)
  const get = { method: 'GET', resourcePath: '/', params: { headers: JSON_10 } }

  it.each(['PUT', 'POST', 'GET', 'DELETE', 'PATCH'])('signs a %s as it goes over the wire', async (method) => {
    let wire: { url: string | undefined; body: string; by: unknown; contentType: string | undefined } | undefined
    answer = ({ url, headers }, response, body) => {
      const bodySha256 = createHash('sha256').update(body).digest('hex')
      const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      const asked = { method, url: url ?? '', headers: flat, bodySha256 }
      const { caller, signedHeaders } = signatures.verify(asked, { service: 'sqs', region: REGION })
      expect(signedHeaders).toEqual(expect.arrayContaining(['host', 'content-type', 'x-own', 'x-amz-security-token']))
      wire = { url, body, by: caller, contentType: headers['content-type'] }
      response.end()
    }
    const params = {
      query: { text: 'a&b +é', count: 2, on: true, empty: '' },
      headers: { 'CONTENT-TYPE': 'text/plain; charset=utf-8', 'X-Own': 'one  two' },
      body: 'ä text',
    }
    const request = { version: '2018-05-29', method, resourcePath: '/a b/ü//c', params }
    expect(await open().invoke(request)).toMatchObject({ result: { statusCode: 200, body: '' } })
    expect(wire).toEqual({
      url: '/a%20b/%C3%BC//c?text=a%26b%20%2B%C3%A9&count=2&on=true&empty=',
      body: 'ä text',
      by: ROLES.sender,
      contentType: 'text/plain; charset=utf-8',
    })
  })

  it.each([
    ['a text as it is', '{"a":  1}', '{"a":  1}'],
    ['an object as JSON', { a: [1, 'é'] }, '{"a":[1,"é"]}'],
    ['a list as JSON', [1, null], '[1,null]'],
    ['null as nothing', null, ''],
  ])('sends %s', async (_what, body, sent) => {
    answer = (_request, response, wire) => response.end(JSON.stringify(wire))
    const request = { method: 'POST', resourcePath: '/', params: { headers: JSON_10, body } }
    expect(await open().invoke(request)).toMatchObject({ result: { body: JSON.stringify(sent) } })
  })

  it.each([[200], [302], [404], [503]])('gives an answer of status %i as it came', async (statusCode) => {
    answer = (_request, response) =>
      response.writeHead(statusCode, ['X-Twice', 'a', 'X-Twice', 'b', 'Location', '/elsewhere']).end('{"kept": "é"}')
    const { result, error } = await open().invoke(get)
    expect(error).toBeUndefined()
    expect(result).toMatchObject({
      statusCode,
      headers: { 'X-Twice': 'a, b', Location: '/elsewhere' },
      body: '{"kept": "é"}',
    })
  })

  it('makes ctx.error of a connection that breaks', async () => {
    answer = (request) => request.socket.destroy()
    expect(await open().invoke(get)).toMatchObject({ result: null, error: { type: 'HttpRequestException' } })
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': 2 }).write('x', () => request.socket.destroy())
    }
    expect(await open().invoke(get)).toMatchObject({ result: null, error: { type: 'HttpRequestException' } })
  })

  it('makes ctx.error of a connection that is refused', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const aws = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
    await new Promise((resolve) => closed.close(resolve))
    const { error } = await open(undefined, { ...endpoints, aws }).invoke(get)
    expect(error).toEqual({ type: 'HttpRequestException', message: expect.stringContaining('ECONNREFUSED') })
  })

  it('waits MAX_HTTP_CALL_MS for an answer and no longer', async () => {
    answer = (_request, response) => {
      clock.advance(MAX_HTTP_CALL_MS - 1)
      response.end('in time')
    }
    expect(await open().invoke(get)).toMatchObject({ result: { body: 'in time' } })
    answer = () => clock.advance(MAX_HTTP_CALL_MS)
    const { result, error } = await open().invoke(get)
    expect(result).toBeNull()
    expect(error).toEqual({ type: 'HttpRequestException', message: expect.stringContaining(`${MAX_HTTP_CALL_MS} ms`) })
  })

  it('takes an answer of MAX_HTTP_RESPONSE_BYTES and none that is larger', async () => {
    let bytes = MAX_HTTP_RESPONSE_BYTES
    answer = (_request, response) => response.end(Buffer.alloc(bytes, 'x'))
    const { result } = await open().invoke(get)
    expect((result as { body: string }).body.length).toBe(bytes)
    bytes += 1
    const { error } = await open().invoke(get)
    expect(error?.message).toContain(`at most ${MAX_HTTP_RESPONSE_BYTES} bytes`)
  })

  it.each([
    [{ ...get, method: 'HEAD' }, "Unsupported method 'HEAD'"],
    [{ ...get, operation: 'Invoke' }, "Unsupported element '$[operation]'"],
    [{ method: 'GET' }, "'$[resourcePath]' not found"],
    [{ ...get, resourcePath: '@example.com/' }, "'$[resourcePath]' to begin with a slash"],
    [{ ...get, params: { path: '/' } }, "Unsupported element '$[params][path]'"],
    [{ ...get, params: { headers: { ...JSON_10, 'X-Count': 1 } } }, "a string at '$[params][headers][X-Count]'"],
    [{ ...get, params: { headers: { ...JSON_10, Host: 'example.com' } } }, 'sets itself, received Host'],
    [{ ...get, params: { headers: { ...JSON_10, CONTENT_LENGTH: '1' } } }, 'sets itself, received CONTENT_LENGTH'],
  ])('refuses the request %j', async (request, message) => {
    const refused = open().invoke(request)
    await expect(refused).rejects.toMatchObject({ errorType: 'MappingTemplate' })
    await expect(refused).rejects.toThrow(message)
  })

  it.each([
    [{ ...get, resourcePath: '/?a=b' }, 'AppSync HTTP resourcePath with a query or a fragment'],
    [{ ...get, params: { headers: JSON_10, query: { a: ['b'] } } }, 'query parameter that is a list'],
    [{ ...get, params: {} }, 'AppSync HTTP request of the content type none'],
    [{ ...get, params: { headers: { 'content-type': 'image/png' } } }, 'of the content type image/png'],
  ])('says by name that it does not emulate %j', async (request, name) => {
    const refused = open().invoke(request)
    await expect(refused).rejects.toThrow(NotImplemented)
    await expect(refused).rejects.toThrow(name)
  })

  it.each([
    [source('sender', 'https://example.com', 'sqs'), 'AppSync HTTP data source at https://example.com'],
    [source('sender', 'https://sqs.us-west-2.amazonaws.com', 'sqs'), 'at https://sqs.us-west-2.amazonaws.com'],
    [source('sender', `https://states.${REGION}.amazonaws.com`, 'states'), 'data source at https://states.'],
    [source('sender', SQS, 'sqs', { AuthorizationConfig: undefined }), 'data source without authorization'],
    [source('sender', SQS, 'sqs', { AuthorizationConfig: { AuthorizationType: 'X' } }), 'with the authorization X'],
    [
      source('sender', SQS, 'sqs', { AuthorizationConfig: { AuthorizationType: 'AWS_IAM' } }),
      'without SigningRegion or SigningServiceName',
    ],
  ])('is not deployed if it is not emulated: %#', (resource, name) => {
    expect(() => open(resource)).toThrow(NotImplemented)
    expect(() => open(resource)).toThrow(name)
  })

  it('is not deployed if AppSync would refuse it', () => {
    const without = (member: string) => {
      const resource = source('sender', SQS, 'sqs')
      return { ...resource, properties: { ...resource.properties, [member]: undefined } }
    }
    expect(() => open(without('HttpConfig'))).toThrow('expected HttpConfig')
    expect(() => open(without('ServiceRoleArn'))).toThrow('expected ServiceRoleArn')
    expect(() => open(source('sender', 'ftp://example.com', 'sqs'))).toThrow('begins with http or https')
  })

  const attribute = (name: string) => ({ 'Fn::GetAtt': ['Api', name] })
  const partOfUrl = (index: number, delimiter: string) => ({
    'Fn::Select': [index, { 'Fn::Split': [delimiter, attribute('GraphQLUrl')] }],
  })
  it.each([
    ['its URL up to the path', partOfUrl(0, '/graphql'), '/graphql'],
    ['the third part of its URL', { 'Fn::Join': ['', ['https://', partOfUrl(2, '/')]] }, '/graphql'],
    ['its host', { 'Fn::Join': ['', ['https://', attribute('GraphQLDns')]] }, '/graphql'],
    ['its host and a path', { 'Fn::Sub': 'https://${Api.GraphQLDns}/graphql/' }, '/'],
  ])('finds the API that a template names by %s', async (_what, endpoint, resourcePath) => {
    answer = ({ url, headers }, response) => response.end(`${headers.host} ${url}`)
    const here = { ...endpoints, appsync: endpoints.aws, aws: 'http://127.0.0.1:1' }
    const { resources } = resolveStack(
      {
        Resources: {
          Api: { Type: 'AWS::AppSync::GraphQLApi' },
          Source: { Type: 'AWS::AppSync::DataSource', Properties: source('publisher', endpoint, 'appsync').properties },
        },
        Parameters: {},
        Mappings: {},
        Conditions: {},
        Outputs: {},
      },
      { stackName: 'Test', region: REGION, accountId: ACCOUNT_ID, endpoints: here },
    )
    const resource = resources.find(({ logicalId }) => logicalId === 'Source')
    const { result } = await open(resource, here).invoke({ ...get, resourcePath })
    const { host } = new URL(here.appsync)
    expect(result).toMatchObject({ body: resourcePath === '/' ? `${host} /graphql/` : `${host} /graphql` })
  })
})

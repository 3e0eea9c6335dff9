import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type AttributeValue,
  type TransactWriteItem,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb'
import { createJsonPort } from '../../../local/aws/json-port.ts'
import { PLACE } from '../assembly/given-assembly.ts'
import { givenDynamoDB, operator, TABLE, type Given } from './given-dynamodb.ts'

type Values = Record<string, AttributeValue>

export const key = (id: string) => ({ id: { S: id }, facet: { S: 'IMAGE' } })
export const put = (id: string, more: Values = {}, options: object = {}): TransactWriteItem => ({
  Put: { TableName: TABLE, Item: { ...key(id), ...more }, ...options },
})
export const update = (id: string, expression: string, values?: Values, options: object = {}): TransactWriteItem => ({
  Update: {
    TableName: TABLE,
    Key: key(id),
    UpdateExpression: expression,
    ...(values && { ExpressionAttributeValues: values }),
    ...options,
  },
})
export const remove = (id: string): TransactWriteItem => ({ Delete: { TableName: TABLE, Key: key(id) } })
export const check = (id: string, options: object = {}): TransactWriteItem => ({
  ConditionCheck: { TableName: TABLE, Key: key(id), ConditionExpression: 'attribute_exists(id)', ...options },
})

export const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('no error'),
    (error: Error) => error,
  )

/** Why a transaction was cancelled; of any other error its name and message. */
export async function reasonsOf(promise: Promise<unknown>) {
  const error = await errorOf(promise)
  return error instanceof TransactionCanceledException ? error.CancellationReasons : `${error.name}: ${error.message}`
}

/** The SDK's own client in front of a DynamoDB; who signs is not looked at. */
export async function givenClient() {
  const running: { given: Given } = { given: await givenDynamoDB() }
  const service = {
    targetPrefix: 'DynamoDB_20120810',
    jsonVersion: '1.0',
    call: (...parameters: Parameters<Given['dynamodb']['call']>) => running.given.dynamodb.call(...parameters),
  } as const
  const server = createServer(
    createJsonPort({
      services: [{ service, signingName: 'dynamodb', errorNamespace: 'com.amazonaws.dynamodb.v20120810' }],
      signatures: { verify: () => ({ caller: operator, presigned: false, signedHeaders: [], payloadHash: '' }) },
      region: PLACE.region,
      log: () => undefined,
    }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: PLACE.region,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
  return {
    running,
    client,
    /** Without HTTP in between. */
    call: (operation: string, input: Record<string, unknown>, caller = operator) =>
      running.given.dynamodb.call(operation, input, caller),
    write: (TransactItems: TransactWriteItem[], options: Partial<TransactWriteItemsCommandInput> = {}) =>
      client.send(new TransactWriteItemsCommand({ TransactItems, ...options })),
    read: (ids: string[], options: object = {}) =>
      client.send(
        new TransactGetItemsCommand({
          TransactItems: ids.map((id) => ({ Get: { TableName: TABLE, Key: key(id) } })),
          ...options,
        }),
      ),
    get: async (id: string) =>
      (await client.send(new GetItemCommand({ TableName: TABLE, Key: key(id), ConsistentRead: true }))).Item,
    /** Ids in one partition of the index. */
    async inFacet(facetKey: string): Promise<(string | undefined)[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: TABLE,
          IndexName: 'byFacet',
          KeyConditionExpression: 'facetKey = :key',
          ExpressionAttributeValues: { ':key': { S: facetKey } },
        }),
      )
      return Items.map(({ id }) => id?.S)
    },
    async end() {
      client.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await running.given.end()
    },
  }
}

export type GivenClient = Awaited<ReturnType<typeof givenClient>>

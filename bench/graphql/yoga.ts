import type { RequestListener } from 'node:http'
import type { GraphQLFieldResolver } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { MutationUpdateImageArgs, QueryImageArgs, QueryImagesArgs } from '../../generated/graphql.ts'
import type { UserPoolVerifier } from '../../local/appsync/auth/user-pool.ts'
import { itemToJson, type Item } from '../../local/appsync/dynamodb/attribute-values.ts'
import { buildApiSchema } from '../../local/appsync/schema/build-schema.ts'
import type { Caller } from '../../local/aws/caller.ts'
import type { JsonService } from '../../local/aws/json-service.ts'
import { toImage, type ImageItem } from '../../resolvers/lib/image.ts'
import { LOOPBACK } from '../../local/ports.ts'

export interface YogaParts {
  sdl: string
  dynamodb: JsonService
  /** The role that a data source of the API has. */
  callerOf(dataSource: string): Caller
  tableName: string
  mediaBaseUrl: string
  verifier: UserPoolVerifier
}

interface YogaContext {
  sub: string
}

type Resolver<Args> = GraphQLFieldResolver<unknown, YogaContext, Args>

/** The same schema by graphql-yoga: the token is checked the same way, and resolvers call the store in plain code. */
export function createYogaHandler(parts: YogaParts): RequestListener {
  const { schema } = buildApiSchema(parts.sdl)
  const query = schema.getQueryType()?.getFields()
  const mutation = schema.getMutationType()?.getFields()
  if (!query?.image || !query.images || !mutation?.updateImage) {
    throw new Error('expected the fields image, images and updateImage in the schema')
  }
  query.image.resolve = imageResolver(parts)
  query.images.resolve = imagesResolver(parts)
  mutation.updateImage.resolve = updateImageResolver(parts)
  const yoga = createYoga({
    schema,
    logging: false,
    landingPage: false,
    context: ({ request }): YogaContext => {
      const { sub } = parts.verifier.verify(request.headers.get('authorization') ?? '', LOOPBACK)
      return { sub }
    },
  })
  return (request, response) => void yoga(request, response)
}

function imageResolver({ dynamodb, callerOf, tableName, mediaBaseUrl }: YogaParts): Resolver<QueryImageArgs> {
  const caller = callerOf('imagesReader')
  return async (_source, { id }, { sub }) => {
    const { Item: found } = await dynamodb.call('GetItem', { TableName: tableName, Key: keyOf(id) }, caller)
    if (!found) return null
    const item = asImageItem(found)
    return item.owner === sub ? toImage(item, mediaBaseUrl) : null
  }
}

function imagesResolver({ dynamodb, callerOf, tableName, mediaBaseUrl }: YogaParts): Resolver<QueryImagesArgs> {
  const caller = callerOf('imagesReader')
  return async (_source, { status, limit }, { sub }) => {
    const { Items: found } = await dynamodb.call('Query', {
      TableName: tableName,
      IndexName: 'byFacet',
      KeyConditionExpression: '#facetKey = :facetKey',
      ExpressionAttributeNames: { '#facetKey': 'facetKey' },
      ExpressionAttributeValues: { ':facetKey': { S: `${sub}#${String(status)}` } },
      ScanIndexForward: false,
      Limit: limit,
    }, caller)
    return { items: (found as unknown[]).map((item) => toImage(asImageItem(item), mediaBaseUrl)), nextToken: null }
  }
}

/** Read, then written on condition that nobody else wrote in between; nothing is pushed to anybody. */
function updateImageResolver(parts: YogaParts): Resolver<MutationUpdateImageArgs> {
  const { dynamodb, tableName, mediaBaseUrl } = parts
  const [reader, writer] = [parts.callerOf('imagesReader'), parts.callerOf('imagesWriter')]
  return async (_source, { input }, { sub }) => {
    const read = { TableName: tableName, Key: keyOf(input.id), ConsistentRead: true }
    const { Item: found } = await dynamodb.call('GetItem', read, reader)
    const current = found === undefined ? undefined : asImageItem(found)
    if (current?.owner !== sub) throw new Error(`expected an image of the caller's, got ${input.id}`)
    const { Attributes: written } = await dynamodb.call('UpdateItem', {
      TableName: tableName,
      Key: keyOf(input.id),
      UpdateExpression: 'SET #title = :title, #updatedAt = :updatedAt, #version = :next',
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#title': 'title', '#updatedAt': 'updatedAt', '#version': 'version' },
      ExpressionAttributeValues: {
        ':title': { S: input.title },
        ':updatedAt': { S: new Date().toISOString() },
        ':version': { N: String(current.version) },
        ':next': { N: String(current.version + 1) },
      },
      ReturnValues: 'ALL_NEW',
    }, writer)
    return toImage(asImageItem(written), mediaBaseUrl)
  }
}

function keyOf(id: string): Item {
  return { id: { S: id }, facet: { S: 'IMAGE' } }
}

function asImageItem(item: unknown): ImageItem {
  return itemToJson(item as Item) as unknown as ImageItem
}

import { BatchWriteItemCommand, DynamoDBClient, GetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb'
import { dynalite } from '../../local/dynamodb/dynalite.ts'
import { HELD_FACET, PUBLIC_SHARDS, shardKey } from '../../resolvers/lib/keys.ts'
import type { GivenLists, User } from '../lists/given-lists.ts'
import { givenImages } from '../lists/images.ts'
import { DESCRIPTION, OUTCOME } from './typical-image.ts'

/** A page that the caller does not choose the size of. */
const PAGE = 20

/** Most items of one BatchWriteItem. Source: DynamoDB API reference. */
const BATCH_WRITES = 25

/**
 * A table that holds an owner's images, everybody's PUBLIC ones, a page of them in each shard, and a page of what is
 * held back.
 */
export interface Typical {
  given: GivenLists
  user: User
  /** READY, one more than a page; most are looked at, and the first ones changed. */
  ids: string[]
  /** Size of the first of them. */
  imageBytes: number
}

export async function givenTypical(given: GivenLists): Promise<Typical> {
  const user = await given.newUser()
  const ids = await givenImages(given, user, Array.from({ length: PAGE + 1 }, () => OUTCOME), () => DESCRIPTION)
  const dynamodb = new DynamoDBClient({
    endpoint: given.cloud.endpoints.aws,
    region: given.cloud.assembly.region,
    credentials: given.cloud.credentialsFor('operator'),
  })
  const TableName = given.cloud.assembly.outputs.TableName!
  const Key = { id: { S: ids[0]! }, facet: { S: 'IMAGE' } }
  const { Item = {} } = await dynamodb.send(new GetItemCommand({ TableName, Key }))
  const copies = [
    ...Array.from({ length: PAGE * PUBLIC_SHARDS }, (_, number) => publicCopy(Item, number)),
    ...Array.from({ length: PAGE }, (_, number) => heldCopy(Item, number)).flat(),
  ]
  for (let from = 0; from < copies.length; from += BATCH_WRITES) {
    const writes = copies.slice(from, from + BATCH_WRITES).map((copy) => ({ PutRequest: { Item: copy } }))
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }))
  }
  dynamodb.destroy()
  return { given, user, ids, imageBytes: dynalite.itemSize(Item as never) }
}

/** Another owner's image. Those that follow each other in time lie in shards that follow each other. */
function publicCopy(item: Record<string, AttributeValue>, number: number): Record<string, AttributeValue> {
  const shard = number % PUBLIC_SHARDS
  return {
    ...item,
    id: { S: `01JAR${String(number).padStart(20, '0')}${shard}` },
    owner: { S: 'somebody-else' },
    facetKey: { S: 'somebody-else#READY' },
    publicKey: { S: shardKey(shard) },
    visibility: { S: 'PUBLIC' },
  }
}

/** Another owner's image that is held back, and its facet. */
function heldCopy(item: Record<string, AttributeValue>, number: number): Record<string, AttributeValue>[] {
  const id = { S: `01JARHED${String(number).padStart(18, '0')}` }
  const image = { ...item, id, owner: { S: 'somebody-else' }, facetKey: { S: 'somebody-else#READY' } }
  return [
    { ...image, moderationStatus: { S: 'HELD' } },
    { id, facet: { S: HELD_FACET }, facetKey: { S: HELD_FACET } },
  ]
}

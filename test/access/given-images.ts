import {
  DynamoDBClient, GetItemCommand, PutItemCommand, type AttributeValue,
} from '@aws-sdk/client-dynamodb'
import type { Cloud } from '../../local/cloud.ts'
import { mediaItemKey } from '../../resolvers/lib/keys.ts'
import { IMAGE_IDS, MEDIA_KEY } from './expectations.ts'
import { ask } from './execute.ts'
import type { Callers } from './given-callers.ts'

const READY = `sha256: "${'ab'.repeat(32)}", width: 4, height: 3, thumbhash: "AAAA", dominantColor: "#102030",
  palette: ["#102030"], perceptualHash: "0123456789abcdef", isAnimated: false, hasAlpha: false,
  camera: { takenAt: "2024-05-01T12:33:07", make: "Leica", model: "M3" }, moderationStatus: CLEARED,
  moderationLabels: [{ name: "Alcohol", confidence: 40 }],
  variants: [{ width: 4, height: 3, format: "webp", byteSize: 9 }], labelsStatus: READY,
  labels: [{ name: "Dog", confidence: 99, parents: [], instances: [
    { confidence: 98, boundingBox: { left: 0, top: 0, width: 1, height: 1 } }] }]`

/** No API makes an image that is PUBLIC and yet has a failure: were there one, it would still be its owner's alone. */
const FAILURE: AttributeValue = { M: { code: { S: 'A' }, message: { S: 'B' }, retryable: { BOOL: false } } }

/** Stores the owner's images of the matrix: copies of one that came by the API, with every attribute set. */
export async function storeImages(cloud: Cloud, { callers, owner }: Callers): Promise<void> {
  const input = `fileName: "bridge.jpg", title: "Bridge", altText: "A bridge", category: "Bridges", tags: ["Sun"],
    contentType: "image/jpeg", byteSize: 9`
  const asked = await ask(cloud, callers.owner, `mutation { requestUpload(input: { ${input} }) { image { id } } }`)
  const { id } = (asked.body.data as { requestUpload: { image: { id: string } } }).requestUpload.image
  await ask(cloud, callers.backEnd, `mutation { recordImageProcessed(
    input: { id: "${id}", owner: "${owner}", status: READY, ${READY} }) { id } }`)
  await ask(cloud, callers.owner, `mutation { updateImage(input: { id: "${id}", visibility: PUBLIC }) { id } }`)

  const dynamodb = new DynamoDBClient({
    endpoint: cloud.endpoints.aws, region: cloud.assembly.region, credentials: cloud.credentialsFor('operator'),
  })
  const TableName = cloud.assembly.outputs.TableName!
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id }, facet: { S: 'IMAGE' } } }))
  const copies: Record<string, Record<string, AttributeValue>> = {
    [IMAGE_IDS.PUBLIC]: {},
    [IMAGE_IDS.PRIVATE]: { visibility: { S: 'PRIVATE' } },
    [IMAGE_IDS.PROCESSING]: { status: { S: 'PROCESSING' } },
    [IMAGE_IDS.DELETED]: { status: { S: 'DELETED' }, visibility: { S: 'PRIVATE' } },
  }
  const viewed = { views: { N: '7' }, lastViewedAt: { S: '2026-01-02T03:04:05.000Z' } }
  for (const [copyId, changes] of Object.entries(copies)) {
    const copy = { ...Item, ...viewed, failure: FAILURE, ...changes, id: { S: copyId } }
    await dynamodb.send(new PutItemCommand({ TableName, Item: copy }))
  }
  const { id: mediaId, facet } = mediaItemKey(MEDIA_KEY)
  const mediaItem = { id: { S: mediaId }, facet: { S: facet }, imageId: { S: IMAGE_IDS.PUBLIC } }
  await dynamodb.send(new PutItemCommand({ TableName, Item: mediaItem }))
  dynamodb.destroy()
}

import { ListInvalidationsCommand } from '@aws-sdk/client-cloudfront'
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import type { Darkroom } from './given-darkroom.ts'
import { LABEL, TAG, type GivenImage } from './given-images.ts'

/** All that can be found of an image, by its owner and behind their back. */
interface Left {
  /** As `image(id)` answers. */
  image: { status: string } | null
  /** Which lists hold it. */
  lists: ListName[]
  /** What `imageChanges` tells of it: status and version, each time. */
  changes: { status: string; version: number }[]
  /** Sort keys of its items in the table, less what counts views; and attributes of the image itself. */
  items: string[]
  attributes: string[]
  version: number
  /** Whether it is among the images of its file. */
  isInFileSet: boolean
  originals: number
  media: string[]
  /** Status of one of its variants where it was served. */
  variantStatus: number
}

const LISTS = {
  ready: 'images(limit: 100) { items { id } }',
  labelled: `images(label: "${LABEL.name}", limit: 100) { items { id } }`,
  broader: 'images(label: "animal", limit: 100) { items { id } }',
  tagged: `images(tag: "${TAG}", limit: 100) { items { id } }`,
  public: 'publicImages(limit: 100) { items { id } }',
}

type ListName = keyof typeof LISTS

const IMAGE = `image(id: $id) { status }
  imageChanges(since: "1970-01-01T00:00:00Z", limit: 100) { items { id status version } }`

interface Answer extends Partial<Record<ListName, { items: { id: string }[] }>> {
  image: Left['image']
  imageChanges: { items: { id: string; status: string; version: number }[] }
}

/** @param lists those that are looked into */
export async function whatIsLeft(
  darkroom: Darkroom,
  { id, owner, mediaKey, sha256 }: GivenImage,
  lists: readonly ListName[] = ['ready', 'labelled', 'broader', 'tagged'],
): Promise<Left> {
  const { cloud, operator, query } = darkroom
  const { outputs } = cloud.assembly
  const fields = lists.map((name) => `${name}: ${LISTS[name]}`)
  const question = `query ($id: ID!) { ${IMAGE} ${fields.join(' ')} }`
  const { image, imageChanges, ...listed } = await query<Answer>(question, { id })
  const items = await itemsOf(darkroom, id)
  const stored = items.find(({ facet }) => facet?.S === 'IMAGE') ?? {}
  const [files] = await itemsOf(darkroom, `${owner}#SHA256#${sha256}`)
  const versions = await operator.s3.send(
    new ListObjectVersionsCommand({ Bucket: outputs.OriginalsBucketName, Prefix: `originals/${owner}/${id}` }),
  )
  const { Contents = [] } = await operator.s3.send(new ListObjectsV2Command({ Bucket: outputs.MediaBucketName }))
  return {
    image,
    lists: lists.filter((name) => listed[name]?.items.some((each) => each.id === id)),
    changes: imageChanges.items.filter((each) => each.id === id).map(({ status, version }) => ({ status, version })),
    items: items.map(({ facet }) => facet!.S!).filter((facet) => !facet.startsWith('VIEWS#')).sort(),
    attributes: Object.keys(stored).sort(),
    version: Number(stored.version?.N),
    isInFileSet: files?.imageIds?.SS?.includes(id) ?? false,
    originals: (versions.Versions ?? []).length + (versions.DeleteMarkers ?? []).length,
    media: Contents.flatMap(({ Key = '' }) => (Key.includes(mediaKey) ? [Key] : [])),
    variantStatus: (await fetchVariant(darkroom, mediaKey)).status,
  }
}

/** Asks the CDN for a variant as any viewer. @returns the status, and as `x-cache` where the answer comes from */
export async function fetchVariant(
  { cloud }: Darkroom,
  mediaKey: string,
): Promise<{ status: number; xCache: string | null }> {
  const answer = await fetch(`${cloud.endpoints.cloudfront}/processed/${mediaKey}/160.webp`)
  await answer.arrayBuffer()
  return { status: answer.status, xCache: answer.headers.get('x-cache') }
}

/** How many images `labels` says have the label. */
export async function countOf({ query }: Darkroom, label: string): Promise<number> {
  const { labels } = await query<{ labels: { items: { name: string; count: number }[] } }>(
    '{ labels(limit: 100) { items { name count } } }',
  )
  return labels.items.find(({ name }) => name === label)?.count ?? 0
}

/** How many invalidations the distribution was asked for. */
export async function countInvalidations({ cloud, operator }: Darkroom): Promise<number> {
  const distribution = cloud.assembly.resources.find(({ type }) => type === 'AWS::CloudFront::Distribution')
  const command = new ListInvalidationsCommand({ DistributionId: distribution?.physicalId })
  return (await operator.cloudFront.send(command)).InvalidationList?.Quantity ?? 0
}

async function itemsOf({ cloud, operator }: Darkroom, id: string) {
  const { Items = [] } = await operator.dynamodb.send(
    new QueryCommand({
      TableName: cloud.assembly.outputs.TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: id } },
      ConsistentRead: true,
    }),
  )
  return Items
}

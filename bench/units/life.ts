import type { Server } from 'node:http'
import {
  RECORD_IMAGE_PROCESSED, RECORD_IMAGE_REMOVED,
} from '../../generated/back-end-mutations.ts'
import { createGraphqlClient } from '../../functions/lib/graphql-client.ts'
import { systemClock } from '../../local/clock.ts'
import type { Consumed } from '../../local/dynamodb/consumed-capacity.ts'
import { countedLabels } from '../../resolvers/lib/facets.ts'
import type { SignUploadsRequest, SignUploadsResponse } from '../../resolvers/lib/sign-upload.ts'
import { libraryImage, OWNER } from '../lists/library-items.ts'
import { close, originOf, PLACE, serve, startLocalApi, type LocalApi } from '../local-api.ts'

/** What one step of an image's life consumes of DynamoDB, in units; writes of the table and of each index. */
export interface StepUnits {
  step: string
  read: number
  table: number
  indexes: Record<string, number>
}

/** What the images had, in their mean. */
export interface Lives {
  labels: number
  steps: StepUnits[]
}

const OK = 200

type Image = ReturnType<typeof libraryImage>
type Step = [name: string, run: (image: Image, id: string) => Promise<unknown>]

/**
 * Leads images through their life by the API, one after the other, each with what photographs come to. Signing and
 * SQS are stood in for: they consume nothing of the table.
 */
export async function liveThrough(images: number, assemblyDir: string, folder: string): Promise<Lives> {
  const sqs = await startSqsStandIn()
  let consumed: Consumed[] = []
  const api = await startLocalApi({
    assemblyDir, folder, owner: OWNER, isStored: false, onConsumed: (one) => void consumed.push(one),
    invokeLambda: (payload) => signed(payload as SignUploadsRequest), sqsOrigin: originOf(sqs),
  })
  try {
    const sums = new Map<string, StepUnits>()
    let labels = 0
    for (let rank = 0; rank < images; rank += 1) {
      const image = libraryImage(OWNER, rank)
      labels += countedLabels(image).length
      consumed = []
      const id = await requestUpload(api, image)
      add(sums, 'requestUpload', consumed, images)
      for (const [step, run] of stepsOf(api)) {
        consumed = []
        await run(image, id)
        add(sums, step, consumed, images)
      }
    }
    return { labels: labels / images, steps: [...sums.values()] }
  } finally {
    await api.stop()
    await close(sqs)
  }
}

function stepsOf(api: LocalApi): Step[] {
  const update = (input: (image: Image) => object) => (image: Image, id: string) =>
    asOwner(api, 'mutation ($input: UpdateImageInput!) { updateImage(input: $input) { id } }', {
      input: { id, ...input(image) },
    })
  return [
    ['claimed (PROCESSING)', (_image, id) =>
      asFunction(api, 'process-image', RECORD_IMAGE_PROCESSED, { id, owner: OWNER, status: 'PROCESSING', claim: id })],
    ['READY', (image, id) => asFunction(api, 'process-image', RECORD_IMAGE_PROCESSED, readyInput(image, id))],
    ['updateImage: title', update(() => ({ title: 'Another title' }))],
    ['updateImage: one tag more', update(({ tags }) => ({ tags: [...(tags ?? []), 'another'] }))],
    ['updateImage: PUBLIC', update(() => ({ visibility: 'PUBLIC' }))],
    ['deleteImage', (_image, id) => asOwner(api, 'mutation ($id: ID!) { deleteImage(id: $id) { id } }', { id })],
    ['removed', (_image, id) => asFunction(api, 'remove-image', RECORD_IMAGE_REMOVED, { id, owner: OWNER })],
  ]
}

async function requestUpload(api: LocalApi, image: Image): Promise<string> {
  const { fileName, title, category, tags, contentType, byteSize } = image
  const data = await asOwner(
    api,
    'mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { image { id } } }',
    { input: { fileName, title, category, tags, contentType, byteSize } },
  )
  return (data as { requestUpload: { image: { id: string } } }).requestUpload.image.id
}

function readyInput(image: Image, id: string): Record<string, unknown> {
  const { sha256, width, height, variants, thumbhash, dominantColor, palette, perceptualHash } = image
  const { isAnimated, hasAlpha, camera, labels, labelsStatus, moderationStatus, moderationLabels } = image
  return {
    id, owner: OWNER, status: 'READY', sha256, width, height, variants, thumbhash, dominantColor, palette,
    perceptualHash, isAnimated, hasAlpha, camera, labels, labelsStatus, moderationStatus, moderationLabels,
  }
}

function add(sums: Map<string, StepUnits>, step: string, consumed: Consumed[], images: number): void {
  const sum = sums.get(step) ?? { step, read: 0, table: 0, indexes: {} }
  for (const { index, readUnits, writeUnits } of consumed) {
    sum.read += readUnits / images
    if (index === undefined) sum.table += writeUnits / images
    else if (writeUnits > 0) sum.indexes[index] = (sum.indexes[index] ?? 0) + writeUnits / images
  }
  sums.set(step, sum)
}

async function asOwner({ url, token }: LocalApi, query: string, variables: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: token }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown }
  if (errors) throw new Error(`expected data, got ${JSON.stringify(errors)}`)
  return data
}

function asFunction(api: LocalApi, name: string, mutation: string, input: object): Promise<unknown> {
  const client = createGraphqlClient({
    url: api.url, region: PLACE.region, credentials: () => api.credentialsFor(name), clock: systemClock,
    random: Math.random,
  })
  return client.execute(mutation, { input })
}

/** What `sign-upload` answers, without a signature that anybody would take. */
function signed({ uploads }: SignUploadsRequest): SignUploadsResponse {
  return {
    uploads: uploads.map(({ id }) => ({
      mediaKey: id, url: 'https://s3.example/', method: 'PUT', headers: [], expiresAt: new Date().toISOString(),
    })),
  }
}

/** Takes every message. */
function startSqsStandIn(): Promise<Server> {
  return serve((request, response) => {
    request.resume()
    request.on('end', () => void response.writeHead(OK).end(JSON.stringify({ Successful: [], Failed: [] })))
  })
}

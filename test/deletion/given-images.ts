import { createHash } from 'node:crypto'
import { executeAsOperator } from '../../client/operator-graphql.ts'
import { PUBLISH_IMAGE_CHANGE, RECORD_IMAGE_PROCESSED } from '../../generated/back-end-mutations.ts'
import type { Image, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { Darkroom } from './given-darkroom.ts'

/** One image of the user's, and where its files lie. */
export interface GivenImage {
  id: string
  owner: string
  mediaKey: string
  sha256: string
}

/** What every image is found by. */
export const LABEL = { name: 'Dog', confidence: 99, parents: ['Animal'], instances: [] }
export const TAG = 'summer'

/** Most that one `requestUploads` asks for. */
const BATCH_SIZE = 25

const REQUEST_UPLOADS = `mutation ($inputs: [RequestUploadInput!]!) {
  requestUploads(inputs: $inputs) { ticket { image { id } } error { type message } } }`

interface Requested {
  requestUploads: { ticket: { image: { id: string } } | null; error: unknown }[]
}

/** Asks for uploads, as the user. */
export async function givenPending(darkroom: Darkroom, count: number): Promise<GivenImage[]> {
  const input = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: darkroom.picture.length, tags: [TAG] }
  const images: GivenImage[] = []
  while (images.length < count) {
    const inputs = Array.from({ length: Math.min(BATCH_SIZE, count - images.length) }, () => input)
    const { requestUploads } = await darkroom.query<Requested>(REQUEST_UPLOADS, { inputs })
    for (const { ticket, error } of requestUploads) {
      if (!ticket) throw new Error(`The upload was not signed: ${JSON.stringify(error)}`)
      const { id, mediaKey } = await storedImage(darkroom, ticket.image.id)
      images.push({ id, owner: darkroom.owner, mediaKey, sha256: id.toLowerCase().padStart(64, '0') })
    }
  }
  return images
}

/**
 * Images that are READY, with an original, a variant, a picture to label, and all facets there are. Each counts as a
 * file of its own.
 */
export async function givenReady(darkroom: Darkroom, count: number): Promise<GivenImage[]> {
  return recordReady(darkroom, await givenPending(darkroom, count))
}

/** One such image, known by the SHA-256 of its original: developing it again finds the file that was recorded. */
export async function givenReadyFile(darkroom: Darkroom): Promise<GivenImage> {
  const sha256 = createHash('sha256').update(darkroom.picture).digest('hex')
  const images = (await givenPending(darkroom, 1)).map((image) => ({ ...image, sha256 }))
  const [image] = await recordReady(darkroom, images)
  return image!
}

async function recordReady(darkroom: Darkroom, images: GivenImage[]): Promise<GivenImage[]> {
  for (const image of images) {
    await report(darkroom, image, { status: 'READY', ...PICTURE, sha256: image.sha256 })
    await putFiles(darkroom, image)
  }
  return images
}

/** What a picture is that has been developed. */
const PICTURE = {
  width: 160, height: 120, variants: [{ width: 160, height: 120, format: 'webp', byteSize: 9 }], thumbhash: 'YQ==',
  dominantColor: '#3377aa', palette: ['#3377aa'], perceptualHash: '0123456789abcdef', isAnimated: false,
  hasAlpha: false, labels: [LABEL], labelsStatus: 'READY',
} as const satisfies Partial<RecordImageProcessedInput>

/** The files of an image that has been developed. The event of the original comes too late to change anything. */
async function putFiles(darkroom: Darkroom, { id, owner, mediaKey }: GivenImage): Promise<void> {
  await darkroom.putObject('MediaBucketName', `processed/${mediaKey}/160.webp`, darkroom.picture)
  await darkroom.putObject('MediaBucketName', `labelling/${mediaKey}.jpeg`, darkroom.picture)
  await darkroom.putObject('OriginalsBucketName', `originals/${owner}/${id}`, darkroom.picture)
}

/** Reports an outcome as the back end. */
export async function report(
  darkroom: Darkroom, { id, owner }: GivenImage, outcome: Omit<RecordImageProcessedInput, 'id' | 'owner'>,
): Promise<void> {
  await execute(darkroom, RECORD_IMAGE_PROCESSED, { input: { id, owner, ...outcome } })
}

/** The image as it is stored, whoever may see it. */
export async function storedImage(darkroom: Darkroom, id: string): Promise<Image> {
  return (await execute(darkroom, PUBLISH_IMAGE_CHANGE, { id })).publishImageChange as Image
}

function execute({ cloud, operator }: Darkroom, query: string, variables: Record<string, unknown>) {
  return executeAsOperator(`${cloud.endpoints.appsync}/graphql`, operator.s3, query, variables)
}

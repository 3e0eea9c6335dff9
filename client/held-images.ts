import type { S3Client } from '@aws-sdk/client-s3'
import { HeldImagesDocument, type HeldImagesQuery, type ImagePartsFragment } from '../generated/client.ts'
import { executeAsOperator } from './operator-graphql.ts'

/** Most images that the API gives at a time. Source: schema.graphql, `heldImages(limit:)`. */
const MAX_PAGE_LIMIT = 100

/**
 * All images that wait for an operator, page by page.
 * @param operator whose credentials and region sign the requests
 * @param limit images a page
 * @returns newest first, each with the variants that nobody else is given
 * @throws ClientError with the API's own words, or when nobody answers
 */
export async function listHeldImages(
  graphqlUrl: string, operator: S3Client, limit = MAX_PAGE_LIMIT,
): Promise<ImagePartsFragment[]> {
  const images: ImagePartsFragment[] = []
  let nextToken: string | null = null
  do {
    const answer = await executeAsOperator(graphqlUrl, operator, HeldImagesDocument.toString(), { limit, nextToken })
    const { heldImages } = answer as unknown as HeldImagesQuery
    images.push(...heldImages.items)
    nextToken = heldImages.nextToken ?? null
  } while (nextToken !== null)
  return images
}

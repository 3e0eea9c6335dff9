import type {
  Image, LabelInput, RecordImageProcessedInput, RequestUploadInput, RequestUploadResult,
} from '../../generated/graphql.ts'
import { MAX_BATCH_SIZE, MAX_PAGE_LIMIT } from '../../resolvers/lib/limits.ts'
import { Refused, sha256Of, type GivenLists, type User } from './given-lists.ts'

export const UPLOAD: RequestUploadInput = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }

/** What a test cares about of an image that is READY. */
export type Outcome = Partial<Omit<RecordImageProcessedInput, 'id' | 'owner' | 'status'>>

/** A label as Rekognition names it, with the broader ones it belongs to. */
export const label = (name: string, ...parents: string[]): LabelInput => ({ name, confidence: 99, parents, instances: [] })

/** Asks for that many uploads. @returns ids of the images, which are PENDING */
export async function requestImages(
  user: User, count: number, input: (index: number) => Partial<RequestUploadInput> = () => ({}),
): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const length = Math.min(count - ids.length, MAX_BATCH_SIZE)
    const inputs = Array.from({ length }, (_, index) => ({ ...UPLOAD, ...input(ids.length + index) }))
    const { requestUploads } = await user.run<{ requestUploads: RequestUploadResult[] }>(
      `mutation ($inputs: [RequestUploadInput!]!) {
        requestUploads(inputs: $inputs) { ticket { image { id } } error { type message } } }`,
      { inputs },
    )
    for (const { ticket, error } of requestUploads) {
      if (!ticket) throw new Error(`expected an upload, got ${JSON.stringify(error)}`)
      ids.push(ticket.image.id)
    }
  }
  return ids
}

/** Reports an image as READY, as `process-image` does. */
export async function develop(given: GivenLists, { owner }: User, id: string, outcome: Outcome = {}): Promise<Image> {
  const input: RecordImageProcessedInput = {
    id, owner, status: 'READY', sha256: sha256Of(id), width: 4, height: 3, thumbhash: 'AAAA', dominantColor: '#102030',
    palette: ['#102030'], isAnimated: false, hasAlpha: false, labels: [], labelsStatus: 'READY',
    variants: [{ width: 4, height: 3, format: 'webp', byteSize: 9 }],
    ...outcome,
  }
  const data = await given.backEnd<{ recordImageProcessed: Image }>(
    `mutation ($input: RecordImageProcessedInput!) {
      recordImageProcessed(input: $input) { id owner status version mediaKey } }`,
    { input },
  )
  return data.recordImageProcessed
}

/** Images that are READY, in the order in which they were asked for. @returns their ids */
export async function givenImages(
  given: GivenLists, user: User, outcomes: readonly Outcome[], input?: (index: number) => Partial<RequestUploadInput>,
): Promise<string[]> {
  const ids = await requestImages(user, outcomes.length, input)
  for (const [index, id] of ids.entries()) await develop(given, user, id, outcomes[index])
  return ids
}

/** What is left to do after `deleteImage`, as `remove-image` does it. */
export async function remove({ backEnd }: GivenLists, { owner }: User, id: string): Promise<void> {
  await backEnd(
    'mutation ($input: RecordImageRemovedInput!) { recordImageRemoved(input: $input) { id } }', { input: { id, owner } },
  )
}

/**
 * Every page of a list until the last.
 * @param list the field with its arguments; `page` stands for those of paging
 * @param between is run after each page
 * @returns ids
 */
export async function pagesOf(
  { run }: User, list: (page: string) => string, limit: number, between: () => Promise<unknown> = async () => {},
): Promise<string[][]> {
  const query = `query ($limit: Int, $nextToken: String) {
    page: ${list('limit: $limit, nextToken: $nextToken')} { items { id } nextToken } }`
  const pages: string[][] = []
  let nextToken: string | null = null
  do {
    const { page }: { page: Page } = await run<{ page: Page }>(query, { limit, nextToken })
    pages.push(page.items.map(({ id }) => id))
    nextToken = page.nextToken
    await between()
  } while (nextToken !== null)
  return pages
}

/** A whole list in one page. @returns ids */
export async function listed(user: User, list: (page: string) => string): Promise<string[]> {
  return (await pagesOf(user, list, MAX_PAGE_LIMIT)).flat()
}

interface Page {
  items: { id: string }[]
  nextToken: string | null
}

/** Newest first, as lists are: ULIDs sort by time. */
export const newestFirst = (ids: readonly string[]): string[] => [...ids].sort().reverse()

/** Sends the same again as long as somebody else was faster, as the back end's client does. */
export async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof Refused && error.errorType === 'ImageChangedMeanwhile')) throw error
    }
  }
}

/** The code that an operation is refused with; undefined when it is not. */
export function refusalOf(operation: Promise<unknown>): Promise<string | undefined> {
  return operation.then(() => undefined, (error: unknown) => {
    if (error instanceof Refused) return error.errorType
    throw error
  })
}

import type { Mutation, Query } from '../../generated/graphql.ts'
import { MAX_BATCH_SIZE } from '../../resolvers/lib/limits.ts'
import { sha256Of } from '../lists/given-lists.ts'
import { develop, givenImages, remove, requestImages, UPLOAD } from '../lists/images.ts'
import type { Cost } from './meter.ts'
import { DESCRIPTION, OUTCOME } from './typical-image.ts'
import type { Typical } from './typical-images.ts'

/** One operation that is measured. */
export interface CostCase {
  field: Exclude<keyof Query | keyof Mutation, '__typename'>
  /** What sets it apart from other cases of the field. */
  how?: string
  /** As the field's docstring says it. */
  expected: string
  /** Does what has to be done before. @returns the operation */
  prepare(typical: Typical): (() => Promise<unknown>) | Promise<() => Promise<unknown>>
}

/** A cost as docstrings say it. */
export function expectedOf({ rcu, wcu, requests }: Cost): string {
  const units = [[rcu, 'RCU'], [wcu, 'WCU']].filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`)
  return [...units, requests === 1 ? '1 request' : `${requests} requests`].join(', ')
}

const asked = (query: string, variables?: (typical: Typical) => object): CostCase['prepare'] =>
  (typical) => () => typical.user.run(query, variables?.(typical))

const UPLOAD_INPUT = { ...UPLOAD, ...DESCRIPTION }
const REQUEST_UPLOAD = 'mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { image { id } } }'
const UPDATE = 'mutation ($input: UpdateImageInput!) { updateImage(input: $input) { id } }'
const RECORD = 'mutation ($input: RecordImageProcessedInput!) { recordImageProcessed(input: $input) { id } }'
const RECORD_LABELS = 'mutation ($input: RecordImageLabelsInput!) { recordImageLabels(input: $input) { id } }'
const RECORD_VIEWS = 'mutation ($input: RecordImageViewsInput!) { recordImageViews(input: $input) { id } }'

/** Images that deletions are measured with; the others stay as they are. */
const SINGLE = 1
const [SEVERAL_FROM, SEVERAL_TO] = [2, 12]

const QUERIES: CostCase[] = [
  {
    field: 'image',
    expected: '0.5 RCU, 1 request',
    prepare: asked('query ($id: ID!) { image(id: $id) { id } }', ({ ids }) => ({ id: ids[0] })),
  },
  { field: 'images', expected: '6 RCU, 1 request', prepare: asked('{ images { nextToken } }') },
  { field: 'images', how: 'with a filter', expected: '10.5 RCU, 2 requests', prepare: asked('{ images(label: "dog") { nextToken } }') },
  { field: 'labels', expected: '0.5 RCU, 1 request', prepare: asked('{ labels { nextToken } }') },
  {
    field: 'similarImages',
    expected: '12.5 RCU, 6 requests',
    prepare: asked('query ($id: ID!) { similarImages(id: $id) { isMore } }', ({ ids }) => ({ id: ids[0] })),
  },
  {
    field: 'imageChanges',
    expected: '6 RCU, 1 request',
    prepare: asked('{ imageChanges(since: "1970-01-01T00:00:00Z") { nextToken } }'),
  },
  { field: 'publicImages', expected: '22.5 RCU, 8 requests', prepare: asked('{ publicImages { nextToken } }') },
  {
    field: 'heldImages',
    expected: '10.5 RCU, 2 requests',
    prepare: ({ given }) => () => given.backEnd('{ heldImages { nextToken } }'),
  },
]

const UPLOADS: CostCase[] = [
  {
    field: 'requestUpload',
    expected: '0.5 RCU, 3 WCU, 4 requests',
    // DynamoDB bills the least there is for an empty list too.
    async prepare({ user }) {
      await requestImages(user, 1, () => DESCRIPTION)
      return () => user.run(REQUEST_UPLOAD, { input: UPLOAD_INPUT })
    },
  },
  {
    field: 'requestUpload',
    how: 'with `sha256`',
    expected: '1 RCU, 3 WCU, 5 requests',
    prepare: asked(REQUEST_UPLOAD, () => ({ input: { ...UPLOAD_INPUT, sha256: sha256Of('another file') } })),
  },
  {
    field: 'requestUpload',
    how: 'of a known file',
    expected: '1 RCU, 2 requests',
    prepare: asked(REQUEST_UPLOAD, ({ ids }) => ({ input: { ...UPLOAD_INPUT, sha256: sha256Of(ids[0]!) } })),
  },
  {
    field: 'requestUploads',
    how: 'of 25',
    expected: '0.5 RCU, 75 WCU, 28 requests',
    prepare: asked(
      'mutation ($inputs: [RequestUploadInput!]!) { requestUploads(inputs: $inputs) { error { type } } }',
      () => ({ inputs: Array.from({ length: MAX_BATCH_SIZE }, () => UPLOAD_INPUT) }),
    ),
  },
]

const CHANGES: CostCase[] = [
  {
    field: 'updateImage',
    expected: '2 RCU, 12 WCU, 3 requests',
    prepare: asked(UPDATE, ({ ids }) => ({ input: { id: ids[0], title: 'The new pier at low tide' } })),
  },
  {
    field: 'updateImage',
    how: 'of one tag by another',
    expected: '2 RCU, 21 WCU, 3 requests',
    prepare: asked(UPDATE, ({ ids }) => ({ input: { id: ids[0], tags: ['Brittany', 'June'] } })),
  },
  {
    field: 'updateImage',
    how: 'of a PUBLIC image',
    expected: '2 RCU, 15 WCU, 3 requests',
    async prepare({ user, ids: [id] }) {
      await user.run(UPDATE, { input: { id, visibility: 'PUBLIC' } })
      return () => user.run(UPDATE, { input: { id, title: 'Another pier at low tide' } })
    },
  },
  {
    field: 'deleteImage',
    expected: '2 RCU, 12 WCU, 4 requests',
    prepare: asked('mutation ($id: ID!) { deleteImage(id: $id) { id } }', ({ ids }) => ({ id: ids[SINGLE] })),
  },
  {
    field: 'deleteImages',
    how: 'of ten',
    expected: '20 RCU, 150 WCU, 13 requests',
    prepare: asked(
      'mutation ($ids: [ID!]!) { deleteImages(ids: $ids) { id } }',
      ({ ids }) => ({ ids: ids.slice(SEVERAL_FROM, SEVERAL_TO) }),
    ),
  },
]

const OUTCOMES: CostCase[] = [
  {
    field: 'recordImageRemoved',
    expected: '1 RCU, 130 WCU, 2 requests',
    prepare: ({ given, user, ids }) => () => remove(given, user, ids[SINGLE]!),
  },
  {
    field: 'publishImageChange',
    expected: '1 RCU, 1 request',
    prepare: ({ given, ids: [id] }) => () => given.backEnd(`mutation { publishImageChange(id: "${id}") { id } }`),
  },
  {
    field: 'recordImageProcessed',
    how: 'PROCESSING',
    expected: '1 RCU, 5 WCU, 2 requests',
    async prepare({ given, user: { owner, ...user } }) {
      const [id] = await requestImages({ owner, ...user }, 1, () => DESCRIPTION)
      return () => given.backEnd(RECORD, { input: { id, owner, status: 'PROCESSING', claim: 'message' } })
    },
  },
  {
    field: 'recordImageProcessed',
    how: 'READY',
    expected: '2 RCU, 134 WCU, 2 requests',
    async prepare({ given, user }) {
      const [id] = (await requestImages(user, 1, () => DESCRIPTION)) as [string]
      return () => develop(given, user, id, OUTCOME)
    },
  },
  {
    field: 'recordImageLabels',
    expected: '1 RCU, 109 WCU, 2 requests',
    async prepare({ given, user }) {
      const unlabelled = { ...OUTCOME, labels: [], labelsStatus: 'PENDING' as const }
      const [id] = await givenImages(given, user, [unlabelled], () => DESCRIPTION)
      const input = { id, owner: user.owner, labels: OUTCOME.labels, labelsStatus: 'READY' }
      return () => given.backEnd(RECORD_LABELS, { input })
    },
  },
  {
    field: 'recordImageLabels',
    how: 'of an image that an operator clears',
    expected: '1 RCU, 18 WCU, 2 requests',
    async prepare({ given, user }) {
      const held = [{ ...OUTCOME, moderationStatus: 'HELD' as const }]
      const [id] = await givenImages(given, user, held, () => DESCRIPTION)
      const input = { id, owner: user.owner, moderationStatus: 'CLEARED', decidedByOperator: true }
      return () => given.backEnd(RECORD_LABELS, { input })
    },
  },
  {
    field: 'recordImageViews',
    expected: '2 RCU, 14 WCU, 3 requests',
    async prepare({ given, user }) {
      const [id] = (await requestImages(user, 1, () => DESCRIPTION)) as [string]
      const { mediaKey } = await develop(given, user, id, OUTCOME)
      const input = { mediaKey, logFile: 'E1.2026-01-02-03.abcdef01.gz', views: 7, lastViewedAt: '2026-01-02T03:04:05Z' }
      return () => given.backEnd(RECORD_VIEWS, { input })
    },
  },
  // Last: what it queues is received while others would be measured.
  {
    field: 'reprocessImage',
    expected: '1 RCU, 2 requests',
    prepare: asked('mutation ($id: ID!) { reprocessImage(id: $id) { id } }', ({ ids }) => ({ id: ids.at(-1) })),
  },
]

export const CASES: readonly CostCase[] = [...QUERIES, ...UPLOADS, ...CHANGES, ...OUTCOMES]

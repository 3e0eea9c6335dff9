import type { Image, Mutation, Query, Subscription } from '../../generated/graphql.ts'
import type { Principal } from './principals.ts'

/** Images that the matrix is about; all but the one that is unknown are the owner's. */
export const IMAGE_IDS = {
  PUBLIC: '01JAR000000000000000000001',
  PRIVATE: '01JAR000000000000000000002',
  PROCESSING: '01JAR000000000000000000003',
  unknown: '01JAR000000000000000000004',
  DELETED: '01JAR000000000000000000005',
} as const

/** Media key of the PUBLIC image. */
export const MEDIA_KEY = 'matrix-media-key'

/** How a refusal looks from outside. */
export interface Refusal {
  /** HTTP status, or `errorCode` on the WebSocket; left out: 200, or a refused `start`. */
  status?: number
  errorType: string
  message: string
}

/** `allowed`: a value and no error; `null`: no value and no error. */
export type Expectation = 'allowed' | 'null' | Refusal

/** Every field of the schema that has a row, and those that have more than one case. */
export type Field =
  | `Query.${Exclude<keyof Query, 'image'>}`
  | `Query.image, ${'PUBLIC' | 'PRIVATE' | 'unknown'}`
  | `Mutation.${Exclude<keyof Mutation, 'updateImage' | 'reprocessImage'>}`
  | 'Mutation.reprocessImage, PROCESSING'
  | `Mutation.updateImage, ${'PUBLIC' | 'PRIVATE' | 'unknown'}`
  | `Subscription.${keyof Subscription}`
  | `Image.${keyof Image}`

type Row = Record<Principal, Expectation>

const unauthenticated = (message: string): Refusal => ({ status: 401, errorType: 'UnauthorizedException', message })

/** Those whom the API does not let in at all. */
const OUTSIDE = {
  none: unauthenticated('Valid authorization header not provided.'),
  wrongKey: unauthenticated('You are not authorized to make this call.'),
  expiredToken: unauthenticated('Token has expired.'),
  forgedToken: unauthenticated('You are not authorized to make this call.'),
} satisfies Partial<Row>

const notFor = (coordinate: string): Refusal => {
  const [typeName, fieldName] = coordinate.split('.')
  return { errorType: 'Unauthorized', message: `Not Authorized to access ${fieldName} on type ${typeName}` }
}
const notFound = (id: string): Refusal => ({ errorType: 'ImageNotFound', message: `You have no image ${id}.` })

/** A field of the operation types that guests and users read. */
const forGuests = (coordinate: string, answers: Pick<Row, 'guest' | 'otherUser' | 'owner'>): Row => ({
  ...OUTSIDE, ...answers,
  backEnd: notFor(coordinate), operator: notFor(coordinate), otherRole: notFor(coordinate),
})

/** A field of the operation types that is for users of the pool. */
const forUsers = (coordinate: string, answers: Pick<Row, 'otherUser' | 'owner'>): Row =>
  forGuests(coordinate, { guest: notFor(coordinate), ...answers })

/** A field of the operation types that IAM guards, and that no role of the stack is granted. */
const forOperator = (coordinate: string): Row => ({
  ...forUsers(coordinate, { otherUser: notFor(coordinate), owner: notFor(coordinate) }), operator: 'allowed',
})

const forBackEnd = (coordinate: string): Row => ({ ...forOperator(coordinate), backEnd: 'allowed' })

const RECORD = 'Mutation.recordImageProcessed'

/**
 * A field of an image that everybody sees who sees the image. Roles reach images by what they record, here by
 * `recordImageProcessed`.
 */
const SHOWN: Row = {
  ...OUTSIDE, guest: 'allowed', otherUser: 'allowed', owner: 'allowed', backEnd: 'allowed', operator: 'allowed',
  otherRole: notFor(RECORD),
}
const OWNERS: Row = { ...SHOWN, guest: 'null', otherUser: 'null' }
const backEnds = (coordinate: string): Row =>
  ({ ...SHOWN, guest: notFor(coordinate), otherUser: notFor(coordinate), owner: notFor(coordinate) })

/** Who gets what; the test executes every cell, and `docs/access.md` shows them. */
export const EXPECTATIONS = {
  'Query.heldImages': forOperator('Query.heldImages'),
  'Query.image, PUBLIC': forGuests('Query.image', { guest: 'allowed', otherUser: 'allowed', owner: 'allowed' }),
  'Query.image, PRIVATE': forGuests('Query.image', { guest: 'null', otherUser: 'null', owner: 'allowed' }),
  'Query.image, unknown': forGuests('Query.image', { guest: 'null', otherUser: 'null', owner: 'null' }),
  'Query.imageChanges': forUsers('Query.imageChanges', { otherUser: 'allowed', owner: 'allowed' }),
  'Query.images': forUsers('Query.images', { otherUser: 'allowed', owner: 'allowed' }),
  'Query.labels': forUsers('Query.labels', { otherUser: 'allowed', owner: 'allowed' }),
  'Query.publicImages': forGuests('Query.publicImages', { guest: 'allowed', otherUser: 'allowed', owner: 'allowed' }),
  'Query.similarImages':
    forUsers('Query.similarImages', { otherUser: notFound(IMAGE_IDS.PUBLIC), owner: 'allowed' }),

  'Mutation.deleteImage':
    forUsers('Mutation.deleteImage', { otherUser: notFound(IMAGE_IDS.DELETED), owner: 'allowed' }),
  'Mutation.deleteImages': forUsers('Mutation.deleteImages', { otherUser: 'allowed', owner: 'allowed' }),
  'Mutation.reprocessImage, PROCESSING': forUsers('Mutation.reprocessImage', {
    otherUser: notFound(IMAGE_IDS.PROCESSING),
    owner: {
      errorType: 'ImageNotFinished',
      message: 'An image can be developed once more when it is READY, REJECTED, FAILED, this one is PROCESSING.',
    },
  }),
  'Mutation.requestUpload': forUsers('Mutation.requestUpload', { otherUser: 'allowed', owner: 'allowed' }),
  'Mutation.requestUploads': forUsers('Mutation.requestUploads', { otherUser: 'allowed', owner: 'allowed' }),
  'Mutation.updateImage, PUBLIC':
    forUsers('Mutation.updateImage', { otherUser: notFound(IMAGE_IDS.PUBLIC), owner: 'allowed' }),
  'Mutation.updateImage, PRIVATE':
    forUsers('Mutation.updateImage', { otherUser: notFound(IMAGE_IDS.PRIVATE), owner: 'allowed' }),
  'Mutation.updateImage, unknown':
    forUsers('Mutation.updateImage', { otherUser: notFound(IMAGE_IDS.unknown), owner: notFound(IMAGE_IDS.unknown) }),
  'Mutation.publishImageChange': forBackEnd('Mutation.publishImageChange'),
  'Mutation.recordImageLabels': forBackEnd('Mutation.recordImageLabels'),
  'Mutation.recordImageProcessed': forBackEnd(RECORD),
  'Mutation.recordImageRemoved': forBackEnd('Mutation.recordImageRemoved'),
  'Mutation.recordImageViews': forBackEnd('Mutation.recordImageViews'),

  'Subscription.onImageChanged': forUsers('Subscription.onImageChanged', { otherUser: 'allowed', owner: 'allowed' }),
  'Subscription.onImageProcessed':
    forUsers('Subscription.onImageProcessed', { otherUser: 'allowed', owner: 'allowed' }),

  'Image.id': SHOWN,
  'Image.owner': SHOWN,
  'Image.status': SHOWN,
  'Image.version': SHOWN,
  'Image.visibility': SHOWN,
  'Image.fileName': OWNERS,
  'Image.title': SHOWN,
  'Image.altText': SHOWN,
  'Image.category': SHOWN,
  'Image.tags': SHOWN,
  'Image.contentType': SHOWN,
  'Image.byteSize': SHOWN,
  'Image.sha256': OWNERS,
  'Image.width': SHOWN,
  'Image.height': SHOWN,
  'Image.variants': SHOWN,
  'Image.srcsets': SHOWN,
  'Image.thumbhash': SHOWN,
  'Image.dominantColor': SHOWN,
  'Image.palette': SHOWN,
  'Image.perceptualHash': SHOWN,
  'Image.isAnimated': SHOWN,
  'Image.hasAlpha': SHOWN,
  'Image.camera': OWNERS,
  'Image.labels': SHOWN,
  'Image.labelsStatus': SHOWN,
  'Image.moderationStatus': SHOWN,
  'Image.moderationLabels': OWNERS,
  'Image.failure': OWNERS,
  'Image.views': OWNERS,
  'Image.lastViewedAt': OWNERS,
  'Image.createdAt': SHOWN,
  'Image.updatedAt': SHOWN,
  'Image.processedAt': SHOWN,
  'Image.mediaKey': backEnds('Image.mediaKey'),
} satisfies Record<Field, Row>

export const FIELDS = Object.keys(EXPECTATIONS) as Field[]

import { beforeAll, describe, expect, it } from 'vitest'
import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { Credentials } from '../../local/aws/caller.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import type { WireError } from './given/graphql.ts'
import { backEndCredentials, postSigned } from './given/signed.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf, requestUpload } from './given/uploads.ts'
import type { Person } from './target/people.ts'

const RECORD = 'mutation ($input: RecordImageProcessedInput!) { recordImageProcessed(input: $input) { id status } }'

let owner: Person
let credentials: Credentials
beforeAll(async () => {
  ;[owner, credentials] = await Promise.all([givenPerson('back-end'), backEndCredentials()])
})

async function record(input: RecordImageProcessedInput) {
  const response = await postSigned(credentials, RECORD, { input })
  const { data, errors = [] } = (await response.json()) as { data: unknown; errors?: WireError[] }
  return { status: response.status, data, errorTypes: errors.map(({ errorType }) => errorType) }
}
const refused = (errorType: string) => ({ status: 200, data: { recordImageProcessed: null }, errorTypes: [errorType] })

describe(`the back end: ${EXCEPTIONS.backEnd.held}`, () => {
  it('hears ImageNotFound of an image that is unknown', async () => {
    const input = { id: '0'.repeat(26), owner: owner.sub, status: 'PROCESSING' } as const
    expect(await record(input)).toEqual(refused('ImageNotFound'))
  })

  it("hears ImageNotFound of an image under another owner's name, and nothing is stored", async () => {
    const { image } = await requestUpload(owner, { fileName: 'p', contentType: 'image/png', byteSize: 1 })
    expect(await record({ id: image.id, owner: 'another', status: 'PROCESSING' })).toEqual(refused('ImageNotFound'))
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it('hears ImageAlreadyFinished of an image that ended, which stays as it is', async () => {
    const [image] = await develop(owner, [await fixture('onePixel')])
    const failure = { code: 'LATE', message: 'Too late', retryable: true }
    expect(await record({ id: image!.id, owner: owner.sub, status: 'FAILED', failure }))
      .toEqual(refused('ImageAlreadyFinished'))
    expect(await imageOf(owner, image!.id)).toEqual(image)
  })

  it('hears InvalidOutcome when the fields do not go with the status, and nothing is stored', async () => {
    const { image } = await requestUpload(owner, { fileName: 'p', contentType: 'image/png', byteSize: 1 })
    expect(await record({ id: image.id, owner: owner.sub, status: 'READY' })).toEqual(refused('InvalidOutcome'))
    expect(await record({ id: image.id, owner: owner.sub, status: 'REJECTED' })).toEqual(refused('InvalidOutcome'))
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it.each(['{ images { nextToken } }', '{ image(id: "x") { id } }', '{ publicImages { nextToken } }'])(
    'is not who %s is for',
    async (query) => {
      const response = await postSigned(credentials, query)
      const { errors = [] } = (await response.json()) as { errors?: WireError[] }
      expect([response.status, errors.map(({ errorType }) => errorType)]).toEqual([200, ['Unauthorized']])
    },
  )
})

describe(`a signature: ${EXCEPTIONS.badSignature.held}`, () => {
  const refusal = async (changed: Credentials) => {
    const response = await postSigned(changed, RECORD, { input: { id: 'x', owner: 'y', status: 'PROCESSING' } })
    const { data } = (await response.json()) as { data?: unknown }
    return [response.status, response.headers.get('x-amzn-errortype')?.split(':')[0], data ?? null]
  }

  it('of another secret is refused', async () => {
    expect(await refusal({ ...credentials, secretAccessKey: 'x'.repeat(40) }))
      .toEqual([403, 'InvalidSignatureException', null])
  })

  it('of an access key that nobody has is refused', async () => {
    expect(await refusal({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }))
      .toEqual([403, 'UnrecognizedClientException', null])
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudFrontClient, CreateInvalidationCommand, GetInvalidationCommand, ListDistributionsCommand,
  ListInvalidationsCommand, type CloudFrontClientConfig,
} from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { createJsonPort } from '../../../local/aws/json-port.ts'
import { createCloudFront, type CloudFront } from '../../../local/cloudfront/cloudfront.ts'
import {
  MAX_INVALIDATED_FILES, MAX_INVALIDATED_WILDCARDS, MAX_INVALIDATION_PATH_LENGTH,
} from '../../../local/cloudfront/limits.ts'
import { CLOUDFRONT_PATH_PREFIX, cloudFrontError, handleCloudFrontRest } from '../../../local/cloudfront/rest.ts'
import { systemClock } from '../../../local/clock.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { createCredentialStore } from '../../../local/iam/credentials.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { ACCOUNT_ID, listen, REGION } from '../s3/given.ts'
import { defaultBehavior, distribution, DISTRIBUTION_ID } from './given.ts'

const operator = { kind: 'operator', arn: `arn:aws:iam::${ACCOUNT_ID}:user/operator` } as const
const stranger: Extract<Caller, { kind: 'role' }> = {
  kind: 'role', arn: `arn:aws:iam::${ACCOUNT_ID}:role/stranger`, roleName: 'stranger', accountId: ACCOUNT_ID,
  policies: [],
}

let folder: string
let cloudFront: CloudFront
let stopListening: () => Promise<void>
let client: CloudFrontClient
let clientOf: (config: CloudFrontClientConfig) => CloudFrontClient
let credentials: ReturnType<typeof createCredentialStore>

function startCloudFront(): CloudFront {
  const authorizer = createAuthorizer()
  const context = { dataDir: folder, clock: systemClock, log: () => undefined, accountId: ACCOUNT_ID, authorizer }
  // Of a distribution without an origin that is asked: only its edge caches are.
  const started = createCloudFront(context as never, {} as never)
  const Origins = [{ Id: 'bucket', DomainName: `media.s3.${REGION}.amazonaws.com`, S3OriginConfig: {} }]
  const DefaultCacheBehavior = { ...defaultBehavior, ResponseHeadersPolicyId: undefined }
  started.deploy([distribution({ Origins, DefaultCacheBehavior })])
  return started
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'darkroom-invalidations-'))
  credentials = createCredentialStore(folder)
  cloudFront = startCloudFront()
  const port = createJsonPort({
    services: [],
    signatures: createSignatureVerifier({ credentials, clock: systemClock }),
    region: REGION,
    log: () => undefined,
    restServices: [{
      pathPrefix: CLOUDFRONT_PATH_PREFIX,
      signingName: 'cloudfront',
      answer: async (request, caller) => handleCloudFrontRest(cloudFront, request, caller),
      writeError: cloudFrontError,
    }],
  })
  const { server, endpoint } = await listen(port)
  stopListening = () => new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
  clientOf = (config) => new CloudFrontClient({ region: REGION, endpoint, maxAttempts: 1, ...config })
  client = clientOf({ credentials: credentials.credentialsFor(operator) })
})
afterAll(async () => {
  client.destroy()
  await stopListening()
  await cloudFront.stop()
  rmSync(folder, { recursive: true, force: true })
})

function create(reference: string, paths: string[], { quantity = paths.length, id = DISTRIBUTION_ID } = {}) {
  const InvalidationBatch = { CallerReference: reference, Paths: { Quantity: quantity, Items: paths } }
  return new CreateInvalidationCommand({ DistributionId: id, InvalidationBatch })
}

const numbered = (count: number, path: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => path(index))

describe('an invalidation', () => {
  it('is taken, and found again with what was asked for', async () => {
    const paths = ['/processed/a/*', '/processed/b/1080.webp']
    const { Invalidation, Location } = await client.send(create('first', paths))
    expect(Invalidation).toMatchObject({
      Id: expect.stringMatching(/^I[0-9A-Z]{13}$/),
      Status: 'Completed',
      InvalidationBatch: { CallerReference: 'first', Paths: { Quantity: 2, Items: paths } },
    })
    expect(Location).toContain(`/distribution/${DISTRIBUTION_ID}/invalidation/${Invalidation!.Id}`)
    const question = new GetInvalidationCommand({ DistributionId: DISTRIBUTION_ID, Id: Invalidation!.Id })
    const found = await client.send(question)
    expect(found.Invalidation).toEqual(Invalidation)
  })

  it('is the same when it is asked for again under the same reference, also after a restart', async () => {
    const { Invalidation } = await client.send(create('again', ['/x']))
    await cloudFront.stop()
    cloudFront = startCloudFront()
    expect((await client.send(create('again', ['/x']))).Invalidation).toEqual(Invalidation)
    const list = await client.send(new ListInvalidationsCommand({ DistributionId: DISTRIBUTION_ID }))
    const ids = list.InvalidationList?.Items?.map(({ Id }) => Id) ?? []
    expect(ids.filter((id) => id === Invalidation!.Id)).toHaveLength(1)
    expect(ids[0]).toBe(Invalidation!.Id)
  })

  it('is refused under the reference of another', async () => {
    await client.send(create('taken', ['/x']))
    await expect(client.send(create('taken', ['/y']))).rejects.toMatchObject({ name: 'InvalidationBatchAlreadyExists' })
  })

  it.each([
    ['a path without a slash', 'x', 'InvalidArgument'],
    ['a wildcard that is not last', '/a*/b', 'InvalidArgument'],
    ['a path with a space', '/a b', 'InvalidArgument'],
    ['a path that is too long', `/${'x'.repeat(MAX_INVALIDATION_PATH_LENGTH)}`, 'InvalidArgument'],
  ])('is refused with %s', async (_what, path, name) => {
    await expect(client.send(create(path, [path]))).rejects.toMatchObject({ name })
  })

  it('takes the longest path there is', async () => {
    await client.send(create('long', [`/${'x'.repeat(MAX_INVALIDATION_PATH_LENGTH - 1)}`]))
  })

  it('takes 3,000 files and no more', () => {
    const invalidations = cloudFront.invalidations(DISTRIBUTION_ID, 'cloudfront:CreateInvalidation', operator)
    const paths = numbered(MAX_INVALIDATED_FILES, (index) => `/${index}`)
    expect(invalidations.create({ callerReference: 'files', paths }).paths).toHaveLength(MAX_INVALIDATED_FILES)
    const more = { callerReference: 'more', paths: [...paths, '/x'] }
    expect(() => invalidations.create(more)).toThrow('Expected at most 3000')
  })

  it('takes 15 wildcards and no more', async () => {
    const wildcards = numbered(MAX_INVALIDATED_WILDCARDS, (index) => `/${index}/*`)
    await client.send(create('wildcards', wildcards))
    await expect(client.send(create('many', [...wildcards, '/x/*'])))
      .rejects.toMatchObject({ name: 'TooManyInvalidationsInProgress' })
  })

  it('is refused when the quantity is another, and without a path', async () => {
    await expect(client.send(create('a', ['/x'], { quantity: 2 })))
      .rejects.toMatchObject({ name: 'InconsistentQuantities' })
    await expect(client.send(create('b', []))).rejects.toMatchObject({ name: 'InvalidArgument' })
  })

  it('is known by its id alone', async () => {
    await expect(client.send(new GetInvalidationCommand({ DistributionId: DISTRIBUTION_ID, Id: 'INONE' })))
      .rejects.toMatchObject({ name: 'NoSuchInvalidation' })
    await expect(client.send(create('c', ['/x'], { id: 'EOTHER' })))
      .rejects.toMatchObject({ name: 'NoSuchDistribution' })
  })
})

describe('the API', () => {
  it('asks IAM for every operation', async () => {
    const other = clientOf({ credentials: credentials.credentialsFor(stranger) })
    await expect(other.send(create('d', ['/x']))).rejects.toMatchObject({
      name: 'AccessDenied', message: expect.stringContaining('cloudfront:CreateInvalidation'),
    })
    other.destroy()
  })

  it('refuses keys that it does not know, and signatures that are not right', async () => {
    for (const [accessKeyId, name] of [
      ['AKIAUNKNOWN', 'InvalidClientTokenId'],
      [credentials.credentialsFor(operator).accessKeyId, 'SignatureDoesNotMatch'],
    ] as const) {
      const { sessionToken } = credentials.credentialsFor(operator)
      const other = clientOf({ credentials: { accessKeyId, secretAccessKey: 'wrong', sessionToken } })
      await expect(other.send(create('e', ['/x']))).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } })
      other.destroy()
    }
  })

  it('answers NotImplemented by name for the rest', async () => {
    await expect(client.send(new ListDistributionsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented', message: expect.stringContaining('CloudFront GET /2020-05-31/distribution'),
    })
    const page = new ListInvalidationsCommand({ DistributionId: DISTRIBUTION_ID, MaxItems: 1 })
    await expect(client.send(page)).rejects.toMatchObject({ message: expect.stringContaining('in pages') })
  })
})

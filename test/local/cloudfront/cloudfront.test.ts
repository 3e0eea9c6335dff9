import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDistribution } from '../../../local/cloudfront/distribution.ts'
import { codeOf, rawRequest } from '../s3/given.ts'
import {
  bucketPolicy,
  defaultBehavior,
  distribution,
  type Edge,
  originAccessControl,
  responseHeadersPolicy,
  startEdge,
} from './given.ts'

const VARIANT = '/processed/m3di4/1080.webp'
const IMMUTABLE = 'public, max-age=31536000, immutable'

let edge: Edge
beforeAll(async () => {
  edge = await startEdge()
  await edge.put({ Key: VARIANT.slice(1), Body: '0123456789', ContentType: 'image/webp', CacheControl: IMMUTABLE })
  await edge.put({ Key: 'originals/secret', Body: 'secret' })
  await edge.put({ Key: 'processed/a b+ü.webp', Body: 'escaped' })
})
afterAll(() => edge.stop())

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(edge.endpoint + path, init)

describe('what the distribution serves', () => {
  it('serves a variant with its type, its cache-control and the policy of response headers', async () => {
    const answer = await get(VARIANT)
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789'])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-length': '10',
      'cache-control': IMMUTABLE,
      'accept-ranges': 'bytes',
      'x-cache': 'Miss from cloudfront',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-custom': 'yes',
    })
    expect(answer.headers.has('x-amz-server-side-encryption')).toBe(false)
  })

  it('refuses what the bucket policy does not allow, whether it exists or not', async () => {
    for (const path of [
      '/originals/secret',
      '/originals/absent',
      '/processed/absent.webp',
      '/processed/../originals/secret',
      '/',
      '/processed/%2e%2e/originals/secret',
    ]) {
      const answer = await rawRequest(edge.endpoint + path)
      expect([answer.status, codeOf(answer.text)]).toEqual([403, 'AccessDenied'])
      expect(answer.headers['x-cache']).toBe('Error from cloudfront')
      expect(answer.text).not.toContain('cloudfront.amazonaws.com')
    }
  })

  it('decodes the path once; a plus is a plus', async () => {
    expect(await (await get('/processed/a%20b+%C3%BC.webp?v=1')).text()).toBe('escaped')
  })

  it('answers HEAD without a body', async () => {
    const answer = await get(VARIANT, { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10', ''])
  })

  it('answers 304 to the ETag it gave', async () => {
    const etag = (await get(VARIANT)).headers.get('etag') ?? ''
    const answer = await get(VARIANT, { headers: { 'if-none-match': etag } })
    expect([answer.status, await answer.text()]).toEqual([304, ''])
  })

  it.each([
    ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
    ['bytes=-3', 206, 'bytes 7-9/10', '789'],
    ['bytes=8-', 206, 'bytes 8-9/10', '89'],
  ])('sends the range %s', async (range, status, contentRange, text) => {
    const answer = await get(VARIANT, { headers: { range } })
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([
      status,
      contentRange,
      text,
    ])
  })

  it('refuses a range behind the end', async () => {
    const answer = await get(VARIANT, { headers: { range: 'bytes=10-' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  it.each(['PUT', 'POST', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await get(VARIANT, { method })).status).toBe(403)
  })
})

describe('CORS by the policy', () => {
  it('lets every origin read, also an error, and says nothing to who does not ask', async () => {
    const asked = await get(VARIANT, { headers: { origin: 'https://gallery.example' } })
    expect(asked.headers.get('access-control-allow-origin')).toBe('*')
    expect(asked.headers.get('access-control-expose-headers')).toBe('ETag')
    const refused = await get('/originals/secret', { headers: { origin: 'https://gallery.example' } })
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect((await get(VARIANT)).headers.has('access-control-allow-origin')).toBe(false)
  })

  it('answers a preflight where OPTIONS is allowed', async () => {
    const open = await startEdge([
      bucketPolicy(),
      originAccessControl,
      responseHeadersPolicy,
      distribution({ DefaultCacheBehavior: { ...defaultBehavior, AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] } }),
    ])
    const answer = await fetch(open.endpoint + VARIANT, {
      method: 'OPTIONS',
      headers: { origin: 'https://gallery.example', 'access-control-request-method': 'GET' },
    })
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': '*',
      'access-control-max-age': '3600',
    })
    await open.stop()
  })
})

describe('who CloudFront is', () => {
  it('may read nothing when the policy names another distribution', async () => {
    const other = await startEdge([bucketPolicy('EOTHER'), originAccessControl, responseHeadersPolicy, distribution()])
    await other.put({ Key: VARIANT.slice(1), Body: 'x' })
    expect((await fetch(other.endpoint + VARIANT)).status).toBe(403)
    await other.stop()
  })

  it('is nobody without an origin access control', async () => {
    const origins = [
      {
        Id: 'bucket',
        DomainName: 'darkroom-originals.s3.eu-central-1.amazonaws.com',
        S3OriginConfig: { OriginAccessIdentity: '' },
      },
    ]
    const anonymous = await startEdge([bucketPolicy(), responseHeadersPolicy, distribution({ Origins: origins })])
    await anonymous.put({ Key: VARIANT.slice(1), Body: 'x' })
    expect((await fetch(anonymous.endpoint + VARIANT)).status).toBe(403)
    await anonymous.stop()
  })
})

describe('the configuration', () => {
  it('chooses the first behaviour whose pattern matches, and serves custom error pages', async () => {
    const { ResponseHeadersPolicyId: _policy, ...plain } = defaultBehavior
    const configured = await startEdge([
      bucketPolicy(),
      originAccessControl,
      responseHeadersPolicy,
      distribution({
        CacheBehaviors: [{ ...plain, PathPattern: '/processed/*.txt' }],
        CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/processed/missing.html' }],
        DefaultRootObject: 'processed/index.html',
      }),
    ])
    for (const name of ['index.html', 'missing.html', 'a.txt'])
      await configured.put({ Key: `processed/${name}`, Body: name })
    expect((await fetch(`${configured.endpoint}/processed/a.txt`)).headers.has('x-custom')).toBe(false)
    expect((await fetch(`${configured.endpoint}/processed/index.html`)).headers.get('x-custom')).toBe('yes')
    expect(await (await fetch(configured.endpoint)).text()).toBe('index.html')
    const missing = await fetch(`${configured.endpoint}/absent`)
    expect([missing.status, await missing.text()]).toEqual([404, 'missing.html'])
    await configured.stop()
  })

  it('serves nothing while it is disabled', async () => {
    const disabled = await startEdge([
      bucketPolicy(),
      originAccessControl,
      responseHeadersPolicy,
      distribution({ Enabled: false }),
    ])
    expect((await fetch(disabled.endpoint + VARIANT)).status).toBe(403)
    await disabled.stop()
  })

  it.each([
    ['a custom origin', { Origins: [{ Id: 'bucket', DomainName: 'example.com', CustomOriginConfig: {} }] }],
    [
      'a function',
      { DefaultCacheBehavior: { ...defaultBehavior, FunctionAssociations: [{ EventType: 'viewer-request' }] } },
    ],
    ['writing methods', { DefaultCacheBehavior: { ...defaultBehavior, AllowedMethods: ['GET', 'HEAD', 'PUT'] } }],
    ['an unknown cache policy', { DefaultCacheBehavior: { ...defaultBehavior, CachePolicyId: 'other' } }],
    ['signed URLs', { DefaultCacheBehavior: { ...defaultBehavior, TrustedKeyGroups: ['group'] } }],
  ])('refuses %s at the start, by name', (_name, config) => {
    const resources = [originAccessControl, responseHeadersPolicy, distribution(config)]
    expect(() => readDistribution(resources, '000000000000')).toThrow(
      expect.objectContaining({ code: 'NotImplemented' }),
    )
  })
})

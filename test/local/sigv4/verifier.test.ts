import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, it } from 'vitest'
import type { SignatureFault, SignedRequest } from '../../../local/aws/context.ts'
import { sha256Hex } from '../../../local/sigv4/signing-key.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { handClock, role, storeOf } from './given.ts'

const CREDENTIALS = {
  accessKeyId: 'ASIATEST',
  secretAccessKey: 'a secret of these tests',
  sessionToken: 'a/token+with=signs',
}
const REGION = 'eu-central-1'
const SIGNED_AT = '2026-11-20T10:00:00Z'

interface Given {
  service?: string
  path?: string
  query?: Record<string, string>
  body?: string
  headers?: Record<string, string>
}

const signer = (
  service: string,
  credentials: typeof CREDENTIALS | Omit<typeof CREDENTIALS, 'sessionToken'> = CREDENTIALS,
): SignatureV4 =>
  new SignatureV4({ service, region: REGION, credentials, sha256: Sha256, uriEscapePath: service !== 's3' })

const unsigned = ({ path = '/', query = {}, body, headers = {} }: Given): HttpRequest =>
  new HttpRequest({
    method: body === undefined ? 'GET' : 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: 4103,
    path,
    query,
    body,
    headers: { host: '127.0.0.1:4103', ...headers },
  })

function overTheWire(request: {
  method: string
  path: string
  query?: unknown
  headers: Record<string, string>
  body?: string
}): SignedRequest {
  const query = Object.entries((request.query ?? {}) as Record<string, string>)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return {
    method: request.method,
    url: request.path + (query === '' ? '' : `?${query}`),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    bodySha256: sha256Hex(request.body ?? ''),
  }
}

async function signed(given: Given = {}): Promise<SignedRequest> {
  const request = await signer(given.service ?? 'dynamodb').sign(unsigned(given), { signingDate: new Date(SIGNED_AT) })
  return overTheWire(request)
}

async function presigned(given: Omit<Given, 'service'> & { expiresIn?: number } = {}): Promise<SignedRequest> {
  const request = unsigned({ ...given, headers: { ...given.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })
  const options = {
    signingDate: new Date(SIGNED_AT),
    expiresIn: given.expiresIn ?? 600,
    unsignableHeaders: new Set(['x-amz-content-sha256']),
    signableHeaders: new Set(['content-type', 'host']),
  }
  return overTheWire(await signer('s3').presign(request, options))
}

function verify(request: SignedRequest, { now = SIGNED_AT, service = 'dynamodb', region = REGION } = {}) {
  const verifier = createSignatureVerifier({ credentials: storeOf(CREDENTIALS), clock: handClock(now) })
  return verifier.verify(request, { service, region })
}

const fault = (expected: SignatureFault) => expect.objectContaining({ fault: expected })

describe('signatures made by @smithy/signature-v4', () => {
  it.each<[string, Given]>([
    ['a body', { body: '{"TableName":"images"}' }],
    ['an empty body', {}],
    [
      'a query out of order, with spaces and reserved characters',
      { query: { z: 'last', a: "it's (a) *test* ~ +&=", 'key/slash': '' } },
    ],
    ['a path that is encoded twice', { path: '/2015-03-31/functions/a%3Ab%20c/invocations' }],
    ['header values with runs of spaces', { headers: { 'x-amz-target': '  Some   Target  ' } }],
    ["S3's path, encoded once, with // and non-ASCII", { service: 's3', path: '/bucket//a%20b/%C3%A9%2B%281%29.jpg' }],
  ])('accepts %s', async (_name, given) => {
    const { service = 'dynamodb' } = given
    expect(verify(await signed(given), { service }).caller).toEqual(role)
  })

  it('accepts a presigned URL with a session token and signed headers', async () => {
    const request = await presigned({ path: '/bucket/originals/a%20b', headers: { 'content-type': 'image/jpeg' } })
    expect(verify({ ...request, bodySha256: undefined }, { service: 's3' })).toMatchObject({
      caller: role,
      presigned: true,
    })
  })

  it('refuses a body that is not the signed one', async () => {
    const request = await signed({ body: '{"a":1}' })
    expect(() => verify({ ...request, bodySha256: sha256Hex('{"a":2}') })).toThrow(fault('body-hash-mismatch'))
  })

  it('tells what it would have signed', async () => {
    const request = await signed()
    const changed = { ...request, url: '/other' }
    expect(() => verify(changed)).toThrow(
      expect.objectContaining({
        details: {
          canonicalRequest: expect.stringContaining('GET\n/other\n'),
          stringToSign: expect.stringMatching(/^AWS4-HMAC-SHA256\n20261120T100000Z\n/),
        },
      }),
    )
  })
})

describe('time', () => {
  it('accepts a signed header up to 15 minutes off, either way, and no more', async () => {
    const request = await signed()
    for (const now of ['2026-11-20T09:45:00Z', '2026-11-20T10:15:00Z'])
      expect(verify(request, { now }).caller).toEqual(role)
    for (const now of ['2026-11-20T09:44:59Z', '2026-11-20T10:15:01Z']) {
      expect(() => verify(request, { now })).toThrow(fault('clock-skew'))
    }
  })

  it('accepts a presigned URL until X-Amz-Expires has passed', async () => {
    const request = await presigned({ expiresIn: 600 })
    expect(verify(request, { service: 's3', now: '2026-11-20T10:10:00Z' }).presigned).toBe(true)
    expect(() => verify(request, { service: 's3', now: '2026-11-20T10:10:01Z' })).toThrow(fault('expired'))
    expect(() => verify(request, { service: 's3', now: '2026-11-20T09:44:59Z' })).toThrow(fault('clock-skew'))
  })

  it('refuses X-Amz-Expires over 7 days', async () => {
    const week = await presigned({ expiresIn: 604_800 })
    expect(verify(week, { service: 's3' }).presigned).toBe(true)
    const longer = { ...week, url: week.url.replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801') }
    expect(() => verify(longer, { service: 's3' })).toThrow(fault('malformed'))
  })
})

describe('who and where', () => {
  it('refuses a key pair that it does not know', async () => {
    const request = await signed()
    const headers = {
      ...request.headers,
      authorization: request.headers.authorization?.replace('ASIATEST', 'ASIAOTHER'),
    }
    expect(() => verify({ ...request, headers })).toThrow(fault('unknown-access-key'))
  })

  it('refuses a wrong session token, and a missing one as an unknown key', async () => {
    const request = await signed()
    expect(() => verify({ ...request, headers: { ...request.headers, 'x-amz-security-token': 'other' } })).toThrow(
      fault('wrong-session-token'),
    )
    const without = await signer('dynamodb', {
      accessKeyId: CREDENTIALS.accessKeyId,
      secretAccessKey: CREDENTIALS.secretAccessKey,
    }).sign(unsigned({}), { signingDate: new Date(SIGNED_AT) })
    expect(() => verify(overTheWire(without))).toThrow(fault('unknown-access-key'))
  })

  it("refuses another service's, region's or day's scope", async () => {
    const request = await signed()
    expect(() => verify(request, { service: 'sqs' })).toThrow(fault('wrong-scope'))
    expect(() => verify(request, { region: 'us-east-1' })).toThrow(fault('wrong-scope'))
    const headers = {
      ...request.headers,
      authorization: request.headers.authorization?.replace('/20261120/', '/20261119/'),
    }
    expect(() => verify({ ...request, headers })).toThrow(fault('wrong-scope'))
  })

  it('says when there is no signature at all, or one it cannot read', async () => {
    expect(() => verify({ method: 'GET', url: '/', headers: {} })).toThrow(fault('missing'))
    for (const authorization of ['AWS AKID:sig', 'AWS4-HMAC-SHA256 Credential=a/b/c', 'Bearer token']) {
      expect(() => verify({ method: 'GET', url: '/', headers: { authorization } })).toThrow(fault('malformed'))
    }
    const twice = { ...(await presigned()), headers: { authorization: 'AWS4-HMAC-SHA256 x' } }
    expect(() => verify(twice, { service: 's3' })).toThrow(fault('malformed'))
  })
})

import { createHash, randomBytes } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, CREDENTIALS, codeOf, REGION, rawRequest, type Running, startS3 } from './given.ts'
import { type HandClock, handClock } from '../sigv4/given.ts'

const NOW = '2026-11-20T10:00:00Z'
const BODY = Buffer.from('the bytes of a photo')
const SHA256 = createHash('sha256').update(BODY).digest('base64')

let running: Running
let clock: HandClock
let presigner: S3Client
beforeAll(async () => {
  clock = handClock(NOW)
  running = await startS3({ clock })
  presigner = new S3Client({
    region: REGION,
    endpoint: running.endpoint,
    credentials: CREDENTIALS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
})
afterAll(async () => {
  presigner.destroy()
  await running.stop()
})

/** A presigned PUT as the product makes it: key, size, type, checksum and once-only are all signed. */
function presignPut(key: string): Promise<string> {
  const command = new PutObjectCommand({
    Bucket: BUCKET,
    Key: key,
    ContentType: 'image/jpeg',
    ContentLength: BODY.length,
    IfNoneMatch: '*',
    ChecksumSHA256: SHA256,
  })
  return getSignedUrl(presigner, command, {
    expiresIn: 600,
    signingDate: new Date(NOW),
    signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match', 'x-amz-checksum-sha256']),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  })
}

const HEADERS = {
  'content-type': 'image/jpeg',
  'content-length': BODY.length,
  'if-none-match': '*',
  'x-amz-checksum-sha256': SHA256,
}
const { 'content-length': _length, ...HEADERS_FOR_FETCH } = HEADERS

const exists = async (key: string): Promise<boolean> => {
  const url = await getSignedUrl(presigner, new GetObjectCommand({ Bucket: BUCKET, Key: key }), {
    signingDate: new Date(clock.now()),
  })
  return (await fetch(url)).status === 200
}

describe('a presigned PUT', () => {
  it('takes what was signed, from fetch, and no second time', async () => {
    const url = await presignPut('photo')
    const first = await fetch(url, { method: 'PUT', headers: HEADERS_FOR_FETCH, body: BODY })
    expect(first.status).toBe(200)
    expect(first.headers.get('x-amz-checksum-sha256')).toBe(SHA256)
    const second = await fetch(url, { method: 'PUT', headers: HEADERS_FOR_FETCH, body: BODY })
    expect([second.status, codeOf(await second.text())]).toEqual([412, 'PreconditionFailed'])
  })

  it.each([
    ['another content type', { ...HEADERS, 'content-type': 'image/png' }, BODY, 403, 'SignatureDoesNotMatch'],
    ['no content type', { ...HEADERS, 'content-type': undefined }, BODY, 403, 'SignatureDoesNotMatch'],
    ['another size', { ...HEADERS, 'content-length': BODY.length - 1 }, BODY.subarray(1), 403, 'SignatureDoesNotMatch'],
    ['no if-none-match', { ...HEADERS, 'if-none-match': undefined }, BODY, 403, 'SignatureDoesNotMatch'],
    [
      'another checksum',
      { ...HEADERS, 'x-amz-checksum-sha256': createHash('sha256').digest('base64') },
      BODY,
      403,
      'SignatureDoesNotMatch',
    ],
    ['other bytes of the same size', HEADERS, Buffer.alloc(BODY.length), 400, 'BadDigest'],
    ['an x-amz-* header that was not signed', { ...HEADERS, 'x-amz-meta-owner': 'me' }, BODY, 403, 'AccessDenied'],
  ])('refuses %s and stores nothing', async (_name, headers, body, status, code) => {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
    const answer = await rawRequest(await presignPut('refused'), { method: 'PUT', headers: sent, body })
    expect([answer.status, codeOf(answer.text)]).toEqual([status, code])
    expect(await exists('refused')).toBe(false)
  })

  it('says which header was not signed', async () => {
    const { text } = await rawRequest(await presignPut('refused'), {
      method: 'PUT',
      headers: { ...HEADERS, 'x-amz-acl': 'private', 'x-amz-meta-a': '1' },
      body: BODY,
    })
    expect(text).toContain('<HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned>')
  })

  it('shows the string to sign when the signature does not match, with the request id', async () => {
    const answer = await rawRequest((await presignPut('refused')).replace('refused', 'other'), {
      method: 'PUT',
      headers: HEADERS,
      body: BODY,
    })
    expect(codeOf(answer.text)).toBe('SignatureDoesNotMatch')
    expect(answer.text).toMatch(/<StringToSign>AWS4-HMAC-SHA256\n20261120T100000Z\n/)
    expect(answer.text).toContain(`<RequestId>${String(answer.headers['x-amz-request-id'])}</RequestId>`)
  })

  it('answers 403 to a large body too, instead of hanging up', async () => {
    const answer = await fetch((await presignPut('refused')).replace('refused', 'other'), {
      method: 'PUT',
      headers: HEADERS_FOR_FETCH,
      body: randomBytes(8_000_000),
    })
    expect(answer.status).toBe(403)
  })

  it('is good until it expires, to the second', async () => {
    const url = await presignPut('expiring')
    clock.set('2026-11-20T10:10:01Z')
    const late = await rawRequest(url, { method: 'PUT', headers: HEADERS, body: BODY })
    expect([late.status, codeOf(late.text)]).toEqual([403, 'AccessDenied'])
    expect(late.text).toContain('<Message>Request has expired</Message>')
    clock.set('2026-11-20T10:10:00Z')
    expect((await rawRequest(url, { method: 'PUT', headers: HEADERS, body: BODY })).status).toBe(200)
    clock.set(NOW)
  })

  it("ignores a checksum in the query, as S3 is reported to: the SDK puts that of an empty body there", async () => {
    const url = await getSignedUrl(running.client, new PutObjectCommand({ Bucket: BUCKET, Key: 'default' }), {
      signingDate: new Date(NOW),
    })
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA')
    expect((await fetch(url, { method: 'PUT', body: BODY })).status).toBe(200)
  })
})

describe('who signed', () => {
  const presignGetWith = (credentials: typeof CREDENTIALS, region = REGION) => {
    const client = new S3Client({ region, endpoint: running.endpoint, credentials })
    return getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: 'photo' }), { signingDate: new Date(NOW) })
  }

  it.each([
    ['an unknown key pair', { ...CREDENTIALS, accessKeyId: 'ASIAOTHER' }, REGION, 403, 'InvalidAccessKeyId'],
    ['another secret', { ...CREDENTIALS, secretAccessKey: 'other' }, REGION, 403, 'SignatureDoesNotMatch'],
    ['another session token', { ...CREDENTIALS, sessionToken: 'other' }, REGION, 400, 'InvalidToken'],
    ['another region', CREDENTIALS, 'us-west-2', 400, 'AuthorizationQueryParametersError'],
  ])('refuses %s', async (_name, credentials, region, status, code) => {
    const answer = await fetch(await presignGetWith(credentials, region))
    expect([answer.status, codeOf(await answer.text())]).toEqual([status, code])
  })

  it('refuses a header signature that is over 15 minutes old', async () => {
    const wayBack = await startS3({ clock: handClock('2020-01-01T00:00:00Z') })
    await expect(wayBack.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'photo' }))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    })
    await wayBack.stop()
  })

  it('refuses signature version 2', async () => {
    const answer = await rawRequest(`${running.endpoint}/${BUCKET}/photo?AWSAccessKeyId=AKIA&Signature=x&Expires=1`)
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidRequest'])
    const header = await rawRequest(`${running.endpoint}/${BUCKET}/photo`, { headers: { authorization: 'AWS AKIA:x' } })
    expect([header.status, codeOf(header.text)]).toEqual([400, 'AuthorizationHeaderMalformed'])
  })
})

describe('a presigned GET', () => {
  it('replaces headers of the answer as it was signed', async () => {
    const command = new GetObjectCommand({
      Bucket: BUCKET,
      Key: 'photo',
      ResponseContentDisposition: 'attachment; filename="photo.jpg"',
    })
    const url = await getSignedUrl(presigner, command, { signingDate: new Date(NOW) })
    const answer = await fetch(url)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="photo.jpg"')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(BODY)
    expect((await fetch(url.replace('photo.jpg', 'other.jpg'))).status).toBe(403)
  })
})

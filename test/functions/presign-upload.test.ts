import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, it } from 'vitest'
import { presignUpload, type PresignServices } from '../../functions/lib/presign-upload.ts'
import { UPLOAD_EXPIRES_SECONDS } from '../../resolvers/lib/limits.ts'
import { BUCKET, HandClock, ID, OWNER } from './given.ts'

const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session+token/=' }
const request = { id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: 12_345 }

function given(over: Partial<PresignServices> = {}): PresignServices {
  return {
    bucket: BUCKET,
    region: 'eu-central-1',
    credentials: () => credentials,
    clock: new HandClock(),
    randomBytes: (size) => Buffer.from(Array.from({ length: size }, (_, index) => index)),
    ...over,
  }
}

describe('presigning an upload', () => {
  it('signs the host and every condition as a header, and hoists none into the query', async () => {
    const { url, headers } = await presignUpload({ ...request, sha256: SHA256 }, given())
    const query = new URL(url).searchParams
    expect(query.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
    )
    expect(headers).toEqual([
      { name: 'content-length', value: '12345' },
      { name: 'content-type', value: 'image/jpeg' },
      { name: 'if-none-match', value: '*' },
      { name: 'x-amz-checksum-sha256', value: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    ])
    expect([...query.keys()].filter((name) => /checksum|length|type/i.test(name))).toEqual([])
  })

  it('asks for no checksum when none was declared', async () => {
    const { url, headers } = await presignUpload({ ...request, sha256: null }, given())
    expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match')
    expect(headers.map(({ name }) => name)).toEqual(['content-length', 'content-type', 'if-none-match'])
  })

  it('expires as told, counted from the very second that is signed', async () => {
    const { url, expiresAt } = await presignUpload(request, given())
    const query = new URL(url).searchParams
    expect(query.get('X-Amz-Date')).toBe('20260102T030405Z')
    expect(query.get('X-Amz-Expires')).toBe(String(UPLOAD_EXPIRES_SECONDS))
    expect(expiresAt).toBe('2026-01-02T03:14:05.000Z')
  })

  it('makes a media key of 128 bits, base64url', async () => {
    expect((await presignUpload(request, given())).mediaKey).toBe('AAECAwQFBgcICQoLDA0ODw')
  })

  it('refuses an id that reaches out of its folder', async () => {
    await expect(presignUpload({ ...request, id: '../x' }, given())).rejects.toThrow(RangeError)
  })

  it.each([
    ['us-east-1', undefined],
    ['eu-central-1', undefined],
    ['us-gov-west-1', undefined],
    ['cn-north-1', undefined],
    ['eu-west-1', 'http://127.0.0.1:4101'],
  ])("gives the URL and signature of the S3 client's own presigner, in %s at %s", async (region, endpoint) => {
    const services = given({ region, endpoint })
    const ours = new URL((await presignUpload({ ...request, sha256: SHA256 }, services)).url)
    const client = new S3Client({
      region,
      credentials,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      ...(endpoint && { endpoint }),
    })
    const headers = ['content-length', 'content-type', 'host', 'if-none-match', 'x-amz-checksum-sha256']
    // The SDK's own mark in the query stands for nothing that S3 knows.
    client.middlewareStack.add(
      (next) => (args) => {
        delete (args.request as { query: Record<string, string> }).query['x-id']
        return next(args)
      },
      { step: 'build' },
    )
    const theirs = await getSignedUrl(
      client,
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: `originals/${OWNER}/${ID}`,
        ContentLength: request.byteSize,
        ContentType: request.contentType,
        IfNoneMatch: '*',
        ChecksumSHA256: Buffer.from(SHA256, 'hex').toString('base64'),
      }),
      {
        expiresIn: UPLOAD_EXPIRES_SECONDS,
        signingDate: new Date(services.clock.now()),
        signableHeaders: new Set(headers),
        unhoistableHeaders: new Set(headers),
      },
    )
    const sorted = (url: URL) => [url.origin, url.pathname, [...url.searchParams].sort()]
    expect(sorted(ours)).toEqual(sorted(new URL(theirs)))
  })
})

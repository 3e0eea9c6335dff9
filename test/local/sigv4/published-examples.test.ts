import { describe, expect, it } from 'vitest'
import type { SignedRequest } from '../../../local/aws/context.ts'
import { SignatureError } from '../../../local/aws/context.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { handClock, role, storeOf } from './given.ts'

// Signatures as AWS publishes them: S3 API reference, "Examples: signature calculations in AWS Signature Version 4",
// and the get-vanilla family of the aws-sig-v4-test-suite. The key pairs are the documentation's own.
const S3_DOCS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const SUITE = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const S3_SCOPE = { service: 's3', region: 'us-east-1' }
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const s3Authorization = (signedHeaders: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=${S3_DOCS.accessKeyId}/20130524/us-east-1/s3/aws4_request,` +
  `SignedHeaders=${signedHeaders},Signature=${signature}`

const s3Verifier = createSignatureVerifier({ credentials: storeOf(S3_DOCS), clock: handClock('2013-05-24T00:00:00Z') })

const getWithRange: SignedRequest = {
  method: 'GET',
  url: '/test.txt',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': EMPTY_SHA256,
    'x-amz-date': '20130524T000000Z',
    authorization: s3Authorization(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
}

const putWithDollar: SignedRequest = {
  method: 'PUT',
  url: '/test$file.text',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    authorization: s3Authorization(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  },
}

const listWithQuery: SignedRequest = {
  method: 'GET',
  url: '/?max-keys=2&prefix=J',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': EMPTY_SHA256,
    authorization: s3Authorization(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ),
  },
}

const presignedGet: SignedRequest = {
  method: 'GET',
  url:
    '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
    '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
    '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  headers: { host: 'examplebucket.s3.amazonaws.com' },
}

describe('signatures published by AWS', () => {
  it.each([
    ['GET Object with Range', getWithRange],
    ['PUT Object', putWithDollar],
    ['GET Bucket (list objects)', listWithQuery],
    ['presigned GET', presignedGet],
  ])('accepts S3: %s', (_name, request) => {
    expect(s3Verifier.verify(request, S3_SCOPE).caller).toEqual(role)
  })

  it('says which payload hash and headers were signed', () => {
    expect(s3Verifier.verify(getWithRange, S3_SCOPE)).toMatchObject({
      presigned: false,
      payloadHash: EMPTY_SHA256,
      signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
    })
    expect(s3Verifier.verify(presignedGet, S3_SCOPE)).toMatchObject({
      presigned: true,
      payloadHash: 'UNSIGNED-PAYLOAD',
    })
  })

  it('accepts get-vanilla of the test suite', () => {
    const verifier = createSignatureVerifier({ credentials: storeOf(SUITE), clock: handClock('2015-08-30T12:36:00Z') })
    const request: SignedRequest = {
      method: 'GET',
      url: '/',
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
          'SignedHeaders=host;x-amz-date, ' +
          'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
      },
      bodySha256: EMPTY_SHA256,
    }
    expect(verifier.verify(request, { service: 'service', region: 'us-east-1' }).caller).toEqual(role)
  })

  it('refuses each of them when one byte of path, query or signed header differs', () => {
    const changed: SignedRequest[] = [
      { ...getWithRange, url: '/test.txu' },
      { ...getWithRange, headers: { ...getWithRange.headers, range: 'bytes=0-8' } },
      { ...listWithQuery, url: '/?max-keys=3&prefix=J' },
      { ...presignedGet, method: 'PUT' },
      { ...putWithDollar, headers: { ...putWithDollar.headers, 'x-amz-storage-class': undefined } },
    ]
    for (const request of changed) {
      expect(() => s3Verifier.verify(request, S3_SCOPE)).toThrow(expect.objectContaining({ fault: 'mismatch' }))
      expect(() => s3Verifier.verify(request, S3_SCOPE)).toThrow(SignatureError)
    }
  })
})

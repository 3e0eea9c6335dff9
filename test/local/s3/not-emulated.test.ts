import { Sha256 } from '@aws-crypto/sha256-js'
import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  GetObjectAttributesCommand,
  GetObjectTaggingCommand,
  ListObjectsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBuckets } from '../../../local/s3/bucket.ts'
import { BUCKET, bucket, codeOf, CREDENTIALS, rawRequest, REGION, type Running, startS3 } from './given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3()
})
afterAll(() => running.stop())

async function signed(method: string, path: string, query: Record<string, string> = {}) {
  const signer = new SignatureV4({
    service: 's3',
    region: REGION,
    credentials: CREDENTIALS,
    sha256: Sha256,
    uriEscapePath: false,
  })
  const { host, hostname } = new URL(running.endpoint)
  const { headers } = await signer.sign(
    new HttpRequest({
      method,
      protocol: 'http:',
      hostname,
      path,
      query,
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    }),
  )
  const search = new URLSearchParams(query).toString()
  return rawRequest(`${running.endpoint}${path}${search && `?${search}`}`, { method, headers })
}

describe('what is not emulated', () => {
  it.each([
    ['GetObjectTagging', new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'key' }), 'tagging'],
    [
      'GetObjectAttributes',
      new GetObjectAttributesCommand({ Bucket: BUCKET, Key: 'key', ObjectAttributes: ['ETag'] }),
      'attributes',
    ],
    ['PutObjectAcl', new PutObjectAclCommand({ Bucket: BUCKET, Key: 'key', ACL: 'private' }), 'acl'],
    ['PutBucketPolicy', new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: '{}' }), 'policy'],
    ['GetBucketVersioning', new GetBucketVersioningCommand({ Bucket: BUCKET }), 'versioning'],
    ['ListObjects', new ListObjectsCommand({ Bucket: BUCKET }), 'ListObjects'],
    ['CreateBucket', new CreateBucketCommand({ Bucket: BUCKET }), 'CreateBucket'],
  ])('answers NotImplemented to %s, by name', async (_name, command, named) => {
    await expect(running.client.send(command as GetObjectTaggingCommand)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(named),
      $metadata: { httpStatusCode: 501 },
    })
  })

  it.each([
    ['GET', { website: '' }, '?website'],
    ['PUT', { 'object-lock': '' }, '?object-lock'],
    ['POST', {}, 'PostObject'],
  ])('answers NotImplemented to a raw %s %j', async (method, query, named) => {
    const answer = await signed(method, `/${BUCKET}`, query)
    expect([answer.status, codeOf(answer.text)]).toEqual([501, 'NotImplemented'])
    expect(answer.text).toContain(named)
  })

  it('refuses a method that S3 does not know', async () => {
    expect(codeOf((await signed('PATCH', `/${BUCKET}/key`)).text)).toBe('MethodNotAllowed')
    expect(codeOf((await signed('PUT', '/')).text)).toBe('MethodNotAllowed')
  })

  it('refuses a URI that cannot be decoded', async () => {
    const answer = await rawRequest(`${running.endpoint}/${BUCKET}/%E0%A4%A`)
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidURI'])
  })

  it.each(['ObjectLockEnabled', 'ReplicationConfiguration', 'WebsiteConfiguration'])(
    'refuses a bucket with %s at the start',
    (name) => {
      expect(() => readBuckets([bucket({ [name]: {} })])).toThrow(expect.objectContaining({ code: 'NotImplemented' }))
    },
  )
})

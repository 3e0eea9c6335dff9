import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, CREDENTIALS, codeOf, REGION, rawRequest, type RawAnswer, type Running, startS3 } from './given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3()
})
afterAll(() => running.stop())

/** Signs these headers as they stand and sends them with this body. */
async function put(headers: Record<string, string>, body: string): Promise<RawAnswer> {
  const signer = new SignatureV4({
    service: 's3',
    region: REGION,
    credentials: CREDENTIALS,
    sha256: Sha256,
    uriEscapePath: false,
  })
  const { host, hostname, port } = new URL(running.endpoint)
  const request = await signer.sign(
    new HttpRequest({
      method: 'PUT',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: `/${BUCKET}/raw`,
      headers: { host, ...headers },
    }),
  )
  const { 'transfer-encoding': _unsigned, ...signed } = request.headers
  const transfer = headers['transfer-encoding']
  return rawRequest(`${running.endpoint}/${BUCKET}/raw`, {
    method: 'PUT',
    headers: { ...signed, ...(transfer && { 'transfer-encoding': transfer }) },
    body,
  })
}

const chunkedHeaders = {
  'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'content-encoding': 'aws-chunked',
  'x-amz-trailer': 'x-amz-checksum-crc32',
}
const chunked = (body: string, decodedLength = 5): Promise<RawAnswer> =>
  put(
    { ...chunkedHeaders, 'x-amz-decoded-content-length': String(decodedLength), 'content-length': String(body.length) },
    body,
  )

describe('aws-chunked', () => {
  it('decodes several chunks and their trailer', async () => {
    expect((await chunked('3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n')).status).toBe(200)
  })

  it.each([
    ['a trailer that does not match', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
    [
      'a trailer of another algorithm',
      '5\r\nhello\r\n0\r\nx-amz-checksum-sha1:qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\n\r\n',
      'InvalidRequest',
    ],
    ['no trailer', '5\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a size that is no hexadecimal', 'five\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a chunk without its line break', '5\r\nhello0\r\n\r\n', 'InvalidRequest'],
    ['an end within a chunk', '5\r\nhel', 'IncompleteBody'],
    ['fewer bytes than announced', '3\r\nhel\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 'IncompleteBody'],
    ['more bytes than announced', '6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 'IncompleteBody'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await chunked(body)
    expect([answer.status, codeOf(answer.text)]).toEqual([400, code])
  })

  it('answers NotImplemented by name to signed chunks', async () => {
    const answer = await put(
      {
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'x-amz-decoded-content-length': '5',
        'content-length': '5',
      },
      'hello',
    )
    expect(answer.status).toBe(501)
    expect(answer.text).toContain('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  })
})

describe('plain bodies', () => {
  it('refuses a body whose SHA-256 is not the signed one', async () => {
    const answer = await put(
      {
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'content-length': '5',
      },
      'hello',
    )
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
  })

  it('refuses a payload hash that is none', async () => {
    const answer = await put({ 'x-amz-content-sha256': 'nonsense', 'content-length': '5' }, 'hello')
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidArgument'])
  })

  it('refuses more than 5 GiB by the announced length alone', async () => {
    const over = await put(
      {
        ...chunkedHeaders,
        'x-amz-decoded-content-length': String(5 * 1024 ** 3 + 1),
        'content-length': '5',
      },
      'hello',
    )
    expect([over.status, codeOf(over.text)]).toEqual([400, 'EntityTooLarge'])
    const exactly = await put(
      { ...chunkedHeaders, 'x-amz-decoded-content-length': String(5 * 1024 ** 3), 'content-length': '5' },
      '0\r\n\r\n',
    )
    expect(codeOf(exactly.text)).toBe('IncompleteBody')
  })

  it('refuses a transfer coding without a length', async () => {
    const answer = await put({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'transfer-encoding': 'chunked' }, 'hello')
    expect(answer.status).toBe(501)
    expect(answer.text).toContain('<Header>Transfer-Encoding</Header>')
  })

  it('refuses two checksums, and an algorithm without a checksum', async () => {
    const plain = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': '5' }
    const two = await put(
      { ...plain, 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-sha1': 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' },
      'hello',
    )
    const none = await put({ ...plain, 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'hello')
    for (const answer of [two, none]) expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidRequest'])
  })
})

import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readViewings, type Viewing } from '../../functions/lib/access-log.ts'
import { accessLog, variantPath } from '../views/access-logs.ts'

const KEY = 'AAECAwQFBgcICQoLDA0ODw'
const PATH = variantPath(KEY)
const AT = new Date('2026-11-20T11:55:16Z')
const SEEN = { mediaKey: KEY, at: '2026-11-20T11:55:16Z' }

async function viewings(bytes: Buffer): Promise<Viewing[]> {
  const found: Viewing[] = []
  // Byte by byte: lines and characters arrive in pieces.
  const pieces = Readable.from([...bytes].map((byte) => Buffer.of(byte)))
  for await (const viewing of readViewings(pieces)) found.push(viewing)
  return found
}

const inLog = (text: string): Promise<Viewing[]> => viewings(gzipSync(text))

describe('a log file of the CDN', () => {
  it('is read as CloudFront writes it, with all of its fields', async () => {
    const log = `#Version: 1.0
#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) ${
  ''}cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken ${
  ''}x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status ${
  ''}fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len ${
  ''}sc-range-start sc-range-end
2026-11-20\t11:55:16\tFRA56-P4\t8392\t2001:db8::7\tGET\td111111abcdef8.cloudfront.net\t${
  ''}/processed/${KEY}/480.webp\t200\thttps://photos.example/\tMozilla/5.0%20(X11;%20Linux)\t-\t-\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmu==\t${
  ''}img.example\thttps\t23\t0.001\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\t${
  ''}image/webp\t8000\t-\t-
`
    expect(await inLog(log)).toEqual([SEEN])
  })

  it('is read by the names of its fields, whatever their order, and to its last line without an end', async () => {
    expect(await inLog(accessLog([{ path: PATH, at: AT }]).trimEnd())).toEqual([SEEN])
  })

  it.each([
    ['the whole', {}, 1],
    ['what the browser has already', { status: 304 }, 1],
    ['a first part', { status: 206, rangeStart: '0' }, 1],
    ['a part whose begin is not told', { status: 206 }, 1],
    ['another part', { status: 206, rangeStart: '1000' }, 0],
    ['its head alone', { method: 'HEAD' }, 0],
    ['what is refused', { status: 403 }, 0],
    ['what CloudFront could not get', { status: 502 }, 0],
    ['what the viewer broke off', { status: 0 }, 0],
    ['a page that is none', { path: '/favicon.ico' }, 0],
    ['a picture that waits to be labelled', { path: `/labelling/${KEY}.jpeg` }, 0],
    ['a folder', { path: `/processed/${KEY}/` }, 0],
    ['something below a variant', { path: `${PATH}/4.webp` }, 0],
    ['a path that is encoded', { path: PATH.replace('processed', '%70rocessed') }, 1],
    ['a path that is no encoding', { path: `${PATH}%` }, 0],
    ['a media key that is none', { path: variantPath('a%2F..%2Fb') }, 0],
  ])('tells of %s', async (_what, request, views) => {
    expect(await inLog(accessLog([{ path: PATH, at: AT, ...request }]))).toHaveLength(views)
  })

  it('may tell of nobody', async () => {
    expect(await inLog(accessLog([]))).toEqual([])
  })

  const seconds = Array.from({ length: 50 }, (_each, second) => new Date(second * 1_000))
  const whole = gzipSync(accessLog(seconds.map((at) => ({ path: PATH, at }))))

  it.each([
    ['breaks off', whole.subarray(0, -1)],
    ['breaks off in its midst', whole.subarray(0, whole.length / 2)],
    ['is damaged', Buffer.concat([whole.subarray(0, -12), Buffer.alloc(12)])],
    ['is not zipped', Buffer.from(accessLog([]))],
    ['is empty', Buffer.alloc(0)],
    ['has no fields', gzipSync('#Version: 1.0\n')],
    ['has lines before its fields', gzipSync(`${PATH}\n${accessLog([])}`)],
    ['lacks a field', gzipSync(accessLog([]).replace('cs-uri-stem', 'cs-uri'))],
    ['has no time', gzipSync(accessLog([{ path: PATH, at: AT }]).replace('11:55:16', '-'))],
  ])('is refused when it %s', async (_how, bytes) => {
    await expect(viewings(Buffer.from(bytes))).rejects.toMatchObject({ name: 'UnreadableAccessLog' })
  })
})

import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ImagePartsFragment } from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import { develop } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Asks for a path as it stands: `fetch` would take the dots out first. */
async function getAsIs(path: string): Promise<IncomingMessage> {
  const { protocol, hostname, port } = new URL(mediaBaseUrl)
  const { get } = protocol === 'https:' ? https : http
  const asked = get({ hostname, ...(port ? { port } : {}), path })
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

const ORIGIN = 'https://gallery.example'

let owner: Person
let image: ImagePartsFragment
let url: string
let mediaBaseUrl: string
beforeAll(async () => {
  owner = await givenPerson('delivery')
  ;[image] = (await develop(owner, [await fixture('baselineJpeg')])) as [ImagePartsFragment]
  url = image.variants[0]!.url
  mediaBaseUrl = givenTarget().outputs.custom.mediaBaseUrl
})

describe('a variant', () => {
  it('stands under processed/, where its name says nothing of image or owner', () => {
    for (const { url: variant, width, height, format } of image.variants) {
      expect(variant.startsWith(`${mediaBaseUrl}/processed/`)).toBe(true)
      expect(variant).toMatch(new RegExp(`/[A-Za-z0-9_-]{22}/${Math.max(width, height)}\\.${format}$`))
      expect(variant).not.toContain(image.id)
      expect(variant).not.toContain(owner.sub)
    }
  })

  it('may be kept for ever, by everybody, and is taken for nothing but a picture', async () => {
    const { headers, status } = await fetch(url)
    expect(status).toBe(200)
    const directives = headers.get('cache-control')?.split(/,\s*/)
    expect(directives).toEqual(expect.arrayContaining(['public', 'max-age=31536000', 'immutable']))
    expect(headers.get('content-type')).toBe('image/webp')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/)
  })

  it('can be read by any page', async () => {
    const { headers } = await fetch(url, { headers: { origin: ORIGIN } })
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('is not sent again to who has it', async () => {
    const etag = (await fetch(url)).headers.get('etag')!
    const again = await fetch(url, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('comes in parts when asked for', async () => {
    const part = await fetch(url, { headers: { range: 'bytes=0-3' } })
    expect([part.status, await part.text()]).toEqual([206, 'RIFF'])
  })

  it.each(['PUT', 'POST', 'DELETE'])('is not changed by %s', async (method) => {
    const { status } = await fetch(url, { method, ...(method === 'DELETE' ? {} : { body: 'x' }) })
    expect(status).toBeGreaterThanOrEqual(400)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
  })
})

describe('the distribution serves nothing but processed/*', () => {
  it.each<[string, () => string]>([
    ['the root', () => '/'],
    ['an original', () => `/originals/${owner.sub}/${image.id}`],
    ['an original by way of processed/', () => `/processed/%2e%2e/originals/${owner.sub}/${image.id}`],
    ['the same, not encoded', () => `/processed/../originals/${owner.sub}/${image.id}`],
    ['a variant that is not there', () => '/processed/AAAAAAAAAAAAAAAAAAAAAA/160.webp'],
    ['the folder of variants', () => `${new URL(url).pathname.replace(/[^/]+$/, '')}`],
  ])('%s is refused with 403, not to be kept', async (_, path) => {
    const { statusCode, headers } = await getAsIs(path())
    expect(statusCode).toBe(403)
    expect(headers['cache-control'] ?? '').not.toContain('immutable')
  })
})

describe(`another object in the bucket of the variants: ${EXCEPTIONS.mediaBucket.held}`, () => {
  const { mediaBucket, operator, outputs, runId } = givenTarget()

  it.skipIf(!mediaBucket)('is not served', async () => {
    const { name: Bucket, endpoint } = mediaBucket!
    const s3 = new S3Client({
      region: outputs.data.aws_region,
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      ...(operator ? { credentials: operator } : {}),
    })
    const Key = `contract-${runId}/secret.txt`
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'secret' }))
    try {
      expect((await getAsIs(`/${Key}`)).statusCode).toBe(403)
      expect((await getAsIs(`/processed/../${Key}`)).statusCode).toBe(403)
    } finally {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    }
  })
})

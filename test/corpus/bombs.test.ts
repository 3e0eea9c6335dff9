import { beforeEach, describe, expect, it, vi } from 'vitest'
import sharp from 'sharp'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { structureOf, writeField } from '../fuzz/structure.ts'
import { developed } from './developed.ts'
import { crc32 } from 'node:zlib'

// Counted, and otherwise as it is: a bomb must never come so far.
vi.mock('../../functions/lib/decode-picture.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../functions/lib/decode-picture.ts')>()
  return { ...original, decodePicture: vi.fn(original.decodePicture) }
})
const decodes = vi.mocked(decodePicture)
beforeEach(() => void decodes.mockClear())

/** Within what every format can say, and more than any limit allows. */
const SIDE_PX = 16_000

/** A small file whose header claims 256 megapixels. */
async function claiming(name: FixtureName): Promise<{ bytes: Buffer; contentType: string }> {
  const { bytes, contentType } = await fixture(name)
  const changed = Buffer.from(bytes)
  // WebP's canvas is one less than it says; its frames, and a GIF's, lie inside of it.
  for (const field of structureOf(changed).fields) {
    if (field.means === 'side') writeField(changed, field, SIDE_PX)
  }
  if (contentType === 'image/png') changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29)
  return { bytes: changed, contentType }
}

describe('a bomb', () => {
  it.each([
    'baselineJpeg',
    'progressiveJpeg',
    'interlacedPng',
    'sixteenBitPng',
    'animatedGif',
    'avif',
    'tiff',
    'heic',
  ] as const)('%s is refused by its header, and never decoded', async (name) => {
    const { outcome, files } = await developed(await claiming(name))
    expect(outcome).toMatchObject({ status: 'REJECTED', failure: { code: 'TOO_MANY_PIXELS', retryable: false } })
    expect(decodes).not.toHaveBeenCalled()
    expect(files.size).toBe(0)
  })

  it.each(['webp', 'animatedWebp'] as const)('%s is refused, and never decoded whole', async (name) => {
    const { outcome, files } = await developed(await claiming(name))
    expect(outcome.status).toBe('REJECTED')
    expect(files.size).toBe(0)
  })

  it('is not hidden by an AVIF that claims to be small: its decoder holds it to its word', async () => {
    const bytes = await sharp({ create: { width: 1_500, height: 1_000, channels: 3, background: 'red' } })
      .avif({ effort: 0 })
      .toBuffer()
    for (const field of structureOf(bytes).fields) if (field.means === 'side') writeField(bytes, field, 100)
    const { outcome } = await developed({ bytes, contentType: 'image/avif' })
    expect(outcome.failure?.code).toBe('CORRUPT_IMAGE')
  })

  it('of the size that is allowed, and whole, is decoded once', async () => {
    const { outcome } = await developed(await fixture('largeJpeg'))
    expect(outcome.status).toBe('READY')
    expect(decodes).toHaveBeenCalledOnce()
  })
})

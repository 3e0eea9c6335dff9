import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withShrunkJpeg } from '../../functions/lib/shrunk-jpeg.ts'
import { fixture, SMALL } from '../fixtures/index.ts'
import { decoded, distance, nameOf, pixelAt, reference } from './picture-pixels.ts'

/** Of two ways to the same picture; JPEG's own rounding lies below. 0-255. */
const SAME = 1.5

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-test-'))
  vi.stubEnv('TMPDIR', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** Between two and three times as long as its largest variant: what sharp by itself decodes in full. */
const photograph = () => fixture('largeJpeg')

describe('a JPEG of 2 to 3 times the size of its largest variant', () => {
  it('is halved while it is decoded', async () => {
    const { bytes } = await fixture('baselineJpeg')
    const { width, height } = await withShrunkJpeg(bytes, 2, (path) => sharp(path).metadata())
    expect({ width, height }).toEqual({ width: SMALL.width / 2, height: SMALL.height / 2 })
  })

  it('looks as a full decode does', async () => {
    const { bytes, contentType } = await photograph()
    const { raster } = await decoded({ bytes, contentType })
    expect(distance(raster, await reference(bytes, raster))).toBeLessThan(SAME)
  })

  it.each([3, 6])('obeys EXIF orientation %i', async (orientation) => {
    const stored = await sharp({ create: { width: 4_000, height: 2_000, channels: 3, background: 'blue' } })
      .composite([{ input: { create: { width: 2_000, height: 1_000, channels: 3, background: 'red' } }, left: 0, top: 0 }])
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer()
    const { raster } = await decoded({ bytes: stored, contentType: 'image/jpeg' })
    // What lies at the top left of the file is seen at the right: turned by 180 degrees below, by 90 above.
    const [red, blue] = orientation === 3 ? [0.75, 0.25] : [0.25, 0.75]
    expect(nameOf(pixelAt(raster, 0.75, red))).toBe('red')
    expect(nameOf(pixelAt(raster, 0.75, blue))).toBe('blue')
    expect([raster.width, raster.height]).toEqual(orientation === 3 ? [1_920, 960] : [960, 1_920])
  })

  it('has its embedded profile applied', async () => {
    const { bytes } = await photograph()
    const p3 = await sharp(bytes).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()
    const { raster, measured } = await decoded({ bytes: p3, contentType: 'image/jpeg' })
    expect(measured.lateProfile).toBe(true)
    expect(distance(raster, await reference(p3, raster))).toBeLessThan(SAME)
  })

  it('lies in a file meanwhile that nobody else can read, and is gone afterwards', async () => {
    const { bytes } = await fixture('baselineJpeg')
    const seen = await withShrunkJpeg(bytes, 2, async (path) => {
      const [name] = await readdir(dirname(path!))
      return { name, mode: (await stat(join(folder, name!))).mode & 0o777 }
    })
    expect(seen).toEqual({ name: expect.stringMatching(/^darkroom-.*\.jpg$/), mode: 0o600 })
    expect(await readdir(folder)).toEqual([])
  })

  it('that ends early is refused, and leaves no file behind', async () => {
    const { bytes, contentType } = await photograph()
    const cut = { bytes: bytes.subarray(0, (bytes.length * 2) / 3), contentType }
    await expect(decoded(cut)).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' })
    expect(await readdir(folder)).toEqual([])
  })

  it('is decoded in full where there is no room for a file', async () => {
    vi.stubEnv('TMPDIR', join(folder, 'missing'))
    const { bytes, contentType } = await photograph()
    const { raster } = await decoded({ bytes, contentType })
    expect([raster.width, raster.height]).toEqual([1_920, 1_200])
  })
})

import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { perceptualHash } from '../../functions/lib/perceptual-hash.ts'
import { fromRaster, resizeRaster, type Raster } from '../../functions/lib/raster.ts'
import { PHOTOGRAPHS, photograph } from '../fixtures/photographs/index.ts'
import { scene } from '../fixtures/scenes.ts'
import { hammingDistance } from './hamming-distance.ts'

/** Long edge of what is hashed, in pixels. */
const HASHED_PX = 160

/** What four bands are sure to find, and what is still alike. In bits. */
const NEAR = 3
const ALIKE = 7

const EDITS: Record<string, (picture: Sharp) => Sharp> = {
  'JPEG at quality 50': (picture) => picture.jpeg({ quality: 50 }),
  'WebP at quality 40': (picture) => picture.webp({ quality: 40 }),
  'AVIF at quality 40': (picture) => picture.avif({ quality: 40, effort: 0 }),
  'PNG of 200 px': (picture) => picture.resize(200).png(),
  '15 % brighter': (picture) => picture.modulate({ brightness: 1.15 }).png({ compressionLevel: 0 }),
  '20 % darker': (picture) => picture.modulate({ brightness: 0.8 }).png({ compressionLevel: 0 }),
}

/** Least share of copies within NEAR and ALIKE: a little below what is measured. */
type Floors = Record<keyof typeof EDITS, [near: number, alike: number]>

async function hashOf(file: Buffer): Promise<string> {
  const picture = sharp(file).resize(HASHED_PX, HASHED_PX, { fit: 'inside' }).removeAlpha().toColourspace('srgb')
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const hash = perceptualHash({ data, width: info.width, height: info.height, channels: 3, frames: 1 })
  if (hash === null) throw new Error('expected a hash, got a flat picture')
  return hash
}

function itFinds(originals: () => Buffer[], floors: Floors): void {
  it.each(Object.entries(EDITS))('finds the copy: %s', async (name, edit) => {
    const distances: number[] = []
    for (const original of originals()) {
      const copy = await edit(sharp(original)).toBuffer()
      distances.push(hammingDistance(await hashOf(copy), await hashOf(original)))
    }
    const within = (bits: number) => distances.filter((distance) => distance <= bits).length / distances.length
    const [near, alike] = floors[name]!
    console.log(`${name}: ${within(NEAR)} within ${NEAR}, ${within(ALIKE)} within ${ALIKE}`)
    expect(within(NEAR)).toBeGreaterThanOrEqual(near)
    expect(within(ALIKE)).toBeGreaterThanOrEqual(alike)
  })
}

/** Of all pairs that are no copies of each other. */
function nearestStrangers(hashes: { of: string; hash: string }[]): number {
  const distances = hashes.flatMap((one, at) =>
    hashes.slice(0, at).filter(({ of }) => of !== one.of).map(({ hash }) => hammingDistance(hash, one.hash)))
  const nearest = Math.min(...distances)
  console.log(`nearest of ${distances.length} pairs: ${nearest} bits`)
  return nearest
}

describe('over real photographs', () => {
  const files: Buffer[] = []
  beforeAll(async () => {
    for (const name of PHOTOGRAPHS) files.push(await photograph(name))
  })

  itFinds(() => files, {
    'JPEG at quality 50': [1, 1],
    'WebP at quality 40': [1, 1],
    'AVIF at quality 40': [1, 1],
    'PNG of 200 px': [1, 1],
    '15 % brighter': [1, 1],
    '20 % darker': [1, 1],
  })

  it('takes none of them, and no quarter of one, for a copy of another', async () => {
    const hashes: { of: string; hash: string }[] = []
    for (const [index, of] of PHOTOGRAPHS.entries()) {
      for (const part of [files[index]!, ...await quartersOf(files[index]!)]) hashes.push({ of, hash: await hashOf(part) })
    }
    expect(nearestStrangers(hashes)).toBeGreaterThan(ALIKE)
  })
})

async function quartersOf(file: Buffer): Promise<Buffer[]> {
  const { width, height } = await sharp(file).metadata()
  const half = { width: Math.floor(width / 2), height: Math.floor(height / 2) }
  const corners = [[0, 0], [half.width, 0], [0, half.height], [half.width, half.height]] as const
  return Promise.all(corners.map(([left, top]) => sharp(file).extract({ left, top, ...half }).png().toBuffer()))
}

describe('over generated pictures', () => {
  const COPIES = 12
  const STRANGERS = 100
  const originals: Buffer[] = []
  let hashes: string[]
  beforeAll(async () => {
    const scenes = Array.from({ length: STRANGERS }, (_, seed) => scene(seed))
    hashes = scenes.map((picture) => perceptualHash(picture)!)
    for (const picture of scenes.slice(0, COPIES)) originals.push(await asPng(picture))
  })
  const asPng = async (picture: Raster) =>
    fromRaster(await resizeRaster(picture, { width: 480, height: 360 })).png({ compressionLevel: 1 }).toBuffer()

  itFinds(() => originals, {
    'JPEG at quality 50': [0.95, 1],
    'WebP at quality 40': [0.95, 1],
    'AVIF at quality 40': [0.95, 1],
    'PNG of 200 px': [0.95, 1],
    '15 % brighter': [0.5, 0.9],
    '20 % darker': [0.3, 0.9],
  })

  it('takes no two of them for copies', () => {
    expect(nearestStrangers(hashes.map((hash, index) => ({ of: String(index), hash })))).toBeGreaterThan(ALIKE)
  })

  it('sets every bit for about half of them, and has no band that many share', () => {
    const shareOfOnes = Array.from({ length: 64 }, (_, bit) => {
      const ones = hashes.filter((hash) => (parseInt(hash[Math.floor(bit / 4)]!, 16) >> (3 - (bit % 4))) & 1)
      return ones.length / STRANGERS
    })
    const bands = [0, 4, 8, 12].map((from) => {
      const counts = new Map<string, number>()
      for (const hash of hashes) {
        const band = hash.slice(from, from + 4)
        counts.set(band, (counts.get(band) ?? 0) + 1)
      }
      return Math.max(...counts.values())
    })
    console.log(`ones: ${Math.min(...shareOfOnes)} to ${Math.max(...shareOfOnes)}, hottest bands: ${bands.join(' ')}`)
    expect(Math.min(...shareOfOnes)).toBeGreaterThan(0.25)
    expect(Math.max(...shareOfOnes)).toBeLessThan(0.75)
    expect(Math.max(...bands)).toBeLessThanOrEqual(3)
  })
})

import { describe, expect, it } from 'vitest'
import { fixture, QUADRANTS, SMALL, type Fixture, type FixtureName } from '../fixtures/index.ts'
import { structureOf, writeField } from '../fuzz/structure.ts'
import { decoded, nameOf, pixelAt } from './picture-pixels.ts'

const decode = async (name: FixtureName) => decoded(await fixture(name))

/** The colours in the middle of each quarter. */
async function quarters(name: FixtureName): Promise<number[][]> {
  const { raster } = await decode(name)
  expect({ width: raster.width, height: raster.height }).toEqual(SMALL)
  return [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]].map(([x, y]) => pixelAt(raster, x!, y!))
}

/** Every side that a file claims is another one. */
async function claiming(pixels: number): Promise<Fixture> {
  const { bytes, contentType } = await fixture('heic')
  const changed = Buffer.from(bytes)
  const sides = structureOf(changed).fields.filter(({ means }) => means === 'side')
  expect(sides).toHaveLength(2)
  for (const side of sides) writeField(changed, side, pixels)
  return { bytes: changed, contentType }
}

describe('a HEIC picture', () => {
  it.each(['heic', 'turnedHeic'] as const)('is decoded, and stands upright: %s', async (name) => {
    expect((await quarters(name)).map(nameOf)).toEqual(Object.values(QUADRANTS))
  })

  it('keeps its alpha', async () => {
    const { raster } = await decode('alphaHeic')
    expect(raster.channels).toBe(4)
    const alphas = [0, 0.5, 0.99].map((y) => pixelAt(raster, 0.5, y)[3]!)
    expect(alphas[0]).toBeLessThan(10)
    expect(alphas[1]).toBeGreaterThan(110)
    expect(alphas[1]).toBeLessThan(145)
    expect(alphas[2]).toBeGreaterThan(245)
  })

  it('has its profile applied: what was sRGB before it was Display P3 is so again', async () => {
    const [plain, tagged] = [await quarters('heic'), await quarters('taggedHeic')]
    tagged.forEach((color, index) =>
      color.forEach((value, channel) => expect(Math.abs(value - plain[index]![channel]!)).toBeLessThan(6)))
  })

  it('tells of its camera as other pictures do', async () => {
    const { measured } = await decode('taggedHeic')
    expect(measured.exif?.includes('Camera')).toBe(true)
  })

  it.each([1, 2, 4])('is refused when %i quarters of it are there', async (parts) => {
    const { bytes, contentType } = await fixture('heic')
    const cut = { bytes: bytes.subarray(0, parts === 4 ? bytes.length - 1 : (bytes.length * parts) / 4), contentType }
    await expect(decoded(cut)).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' })
  })

  it.each([100, 640])('is refused when its header says that its sides have %i pixels', async (pixels) => {
    await expect(decoded(await claiming(pixels))).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' })
  })
})

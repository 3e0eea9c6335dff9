import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { orientedAnimation, orientedJpeg, QUADRANTS, SMALL, type Fixture } from '../fixtures/index.ts'
import { developed } from './developed.ts'
import { withPngChunk } from './file-inserts.ts'
import { shownQuadrants } from './quadrants.ts'

/** Every format that can carry an orientation: AVIF by its own properties, the others by EXIF. */
const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const
const UPSIDE_DOWN = {
  topLeft: QUADRANTS.bottomRight,
  topRight: QUADRANTS.bottomLeft,
  bottomLeft: QUADRANTS.topRight,
  bottomRight: QUADRANTS.topLeft,
}
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8]

async function oriented(format: (typeof FORMATS)[number], orientation: number): Promise<Fixture> {
  const { bytes } = await orientedJpeg(orientation)
  const file = sharp(bytes).keepExif()
  const made = await (format === 'tiff' ? file.tiff({ compression: 'lzw' }) : file.toFormat(format)).toBuffer()
  return { bytes: made, contentType: `image/${format}` }
}

describe.each(FORMATS)('a picture turned in %s', (format) => {
  it.each(ORIENTATIONS)(
    'stands upright in every variant and before Rekognition: orientation %i',
    async (orientation) => {
      const { outcome, files, labelled } = await developed(await oriented(format, orientation))
      expect(outcome).toMatchObject({ status: 'READY', ...SMALL })
      for (const file of [...files.values(), labelled!]) {
        const { colours, width, height } = await shownQuadrants(file)
        expect(colours).toEqual(QUADRANTS)
        expect(width / height).toBeCloseTo(SMALL.width / SMALL.height, 1)
      }
    },
  )
})

describe('a turned animation', () => {
  it.each(ORIENTATIONS)('stands upright in every frame, and before Rekognition: orientation %i', async (orientation) => {
    const { outcome, files, labelled } = await developed(await orientedAnimation(orientation))
    expect(outcome).toMatchObject({ status: 'READY', isAnimated: true, ...SMALL })
    for (const [key, file] of files) {
      expect((await shownQuadrants(file)).colours).toEqual(QUADRANTS)
      if (key.endsWith('.webp')) expect((await shownQuadrants(file, 1)).colours).toEqual(UPSIDE_DOWN)
    }
    expect((await shownQuadrants(labelled!)).colours).toEqual(QUADRANTS)
  })

  it('stands upright where it does not move', async () => {
    const { outcome, files } = await developed(await orientedAnimation(6), { variants: 'avif:160;jpeg:160' })
    expect(outcome).toMatchObject({ status: 'READY', isAnimated: false, ...SMALL })
    for (const file of files.values()) expect((await shownQuadrants(file)).colours).toEqual(QUADRANTS)
  })
})

describe('label boxes', () => {
  it.each(ORIENTATIONS)('are ratios of the picture as it is shown: orientation %i', async (orientation) => {
    // A labeler sees what it is sent; upright and in the variants' ratio, its boxes fit the variants as they are.
    const { outcome, labelled } = await developed(await orientedJpeg(orientation))
    const { width, height, orientation: left } = await sharp(labelled).metadata()
    expect(left).toBeUndefined()
    expect(width / height).toBeCloseTo(outcome.variants![0]!.width / outcome.variants![0]!.height, 2)
  })
})

describe('an orientation', () => {
  it.each([0, 9, 0xffff])('that is none leaves the picture as it is: %i', async (orientation) => {
    const exif = Buffer.from('II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\0\0\0\0\0\0\0\0', 'latin1')
    exif.writeUInt16LE(orientation, 18)
    const upright = await sharp((await orientedJpeg(1)).bytes)
      .png()
      .toBuffer()
    const { files } = await developed({ bytes: withPngChunk(upright, 'eXIf', exif), contentType: 'image/png' })
    for (const file of files.values()) expect((await shownQuadrants(file)).colours).toEqual(QUADRANTS)
  })

})

import { describe, expect, it } from 'vitest'
import { CONTENT_TYPES, sniffFormat } from '../../functions/lib/picture-format.ts'
import { UPLOAD_CONTENT_TYPES } from '../../resolvers/lib/limits.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'

const sniff = async (name: FixtureName) => sniffFormat((await fixture(name)).bytes)

describe('sniffing a format', () => {
  it('knows every content type that may be uploaded, and no other', () => {
    expect(Object.values(CONTENT_TYPES).sort()).toEqual([...UPLOAD_CONTENT_TYPES].sort())
  })

  it.each([
    ['progressiveJpeg', 'jpeg'],
    ['cmykJpeg', 'jpeg'],
    ['interlacedPng', 'png'],
    ['webp', 'webp'],
    ['animatedGif', 'gif'],
    ['avif', 'avif'],
    ['tiff', 'tiff'],
    ['heic', 'heic'],
  ] as const)('tells %s by its bytes', async (name, format) => {
    expect(await sniff(name)).toEqual({ format })
  })

  it.each([
    ['svg', 'an SVG'],
    ['htmlAsPng', 'an HTML page'],
    ['textAsJpeg', 'a text'],
    ['heifHead', 'a HEIF file without a HEIC picture'],
  ] as const)('says what %s looks like', async (name, looksLike) => {
    expect(await sniff(name)).toEqual({ format: undefined, looksLike })
  })

  it.each([
    ['%PDF-1.7', 'a PDF'],
    ['\0\0\0\x18ftypisom\0\0\0\0mp42', 'a video'],
    ['\0\x01\x02\x03', 'unknown bytes'],
    ['RIFF\0\0\0\0WAVE', 'unknown bytes'],
    ['GIF8', 'a text'],
    ['\xff\xfe\xfd\xfc', 'unknown bytes'],
  ])('says what %j looks like', (text, looksLike) => {
    expect(sniffFormat(Buffer.from(text, 'latin1'))).toEqual({ format: undefined, looksLike })
  })

  it('reads both byte orders of TIFF', () => {
    for (const head of ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']) {
      expect(sniffFormat(Buffer.from(head, 'latin1'))).toEqual({ format: 'tiff' })
    }
  })

  it('takes an AVIF whose major brand is another by its compatible ones', () => {
    const bytes = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0miafavif', 'latin1')
    expect(sniffFormat(bytes)).toEqual({ format: 'avif' })
  })
})

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cameraFacts, MAX_CAMERA_TEXT_LENGTH, MAX_EXIF_BYTES } from '../../functions/lib/camera-facts.ts'
import { exifBomb, exifOf } from '../fixtures/exif.ts'
import { createRandom } from '../fuzz/random.ts'

const PHONE = { make: 'Apple', model: 'iPhone 15', takenAt: '2024:05:01 12:33:07', offset: '+02:00' }
const FACTS = { takenAt: '2024-05-01T12:33:07+02:00', make: 'Apple', model: 'iPhone 15' }
const PREFIX = Buffer.from('Exif\0\0', 'latin1')

describe('camera facts', () => {
  it.each(['II', 'MM'] as const)('are time, make and model, with bytes in the order of %s', (order) => {
    expect(cameraFacts(exifOf(PHONE, order))).toEqual(FACTS)
  })

  it('are found behind the prefix of a JPEG as well', () => {
    expect(cameraFacts(Buffer.concat([PREFIX, exifOf(PHONE)]))).toEqual(FACTS)
  })

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('are in what sharp finds in a file: %s', async (format) => {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .withExif({
        IFD0: { Make: PHONE.make, Model: PHONE.model, Artist: 'Ada Lovelace' },
        IFD2: { DateTimeOriginal: PHONE.takenAt, OffsetTimeOriginal: PHONE.offset },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
      })
      .toFormat(format)
      .toBuffer()
    const { exif } = await sharp(bytes).metadata()
    expect(exif).toBeDefined()
    expect(cameraFacts(exif)).toEqual(FACTS)
  })

  it('say nothing of people and things', () => {
    const secrets = { artist: 'Ada Lovelace', owner: 'Ada Lovelace', serialNumber: '0815' }
    expect(cameraFacts(exifOf({ ...PHONE, ...secrets }))).toEqual(FACTS)
    expect(cameraFacts(exifOf(secrets))).toBeNull()
  })

  it('hold only what is there', () => {
    expect(cameraFacts(exifOf({ make: 'Canon' }))).toEqual({ make: 'Canon' })
    expect(cameraFacts(exifOf({}))).toBeNull()
    expect(cameraFacts(undefined)).toBeNull()
  })
})

describe('the time', () => {
  const takenAt = (time: string, offset?: string) =>
    cameraFacts(exifOf({ takenAt: time, ...(offset !== undefined && { offset }) }))?.takenAt

  it('has no zone when the camera knew none', () => {
    expect(takenAt('2024:05:01 12:33:07')).toBe('2024-05-01T12:33:07')
    expect(takenAt('2024:05:01 12:33:07', '   :  ')).toBe('2024-05-01T12:33:07')
    expect(takenAt('2024:02:29 00:00:00', '-09:30')).toBe('2024-02-29T00:00:00-09:30')
  })

  it.each(['+2:00', '+0200', '+15:00', '-13:00', '+02:60', 'CEST'])('leaves out an offset of %s', (offset) => {
    expect(takenAt('2024:05:01 12:33:07', offset)).toBe('2024-05-01T12:33:07')
  })

  it.each([
    '0000:00:00 00:00:00', '    :  :     :  :  ', '2023:02:29 10:00:00', '2024:13:01 10:00:00',
    '2024:05:01 24:00:00', '2024:05:01 10:60:00', '2024:05:01 10:00:61', '2024:05:01', '2024-05-01 10:00:00',
    '2024:05:01T10:00:00', '', 'yesterday',
  ])('is left out when it is %j', (time) => {
    expect(takenAt(time)).toBeUndefined()
  })
})

describe('make and model', () => {
  const make = (text: string) => cameraFacts(exifOf({ make: text }))?.make

  it(`have ${MAX_CAMERA_TEXT_LENGTH} characters at most, however many bytes those take`, () => {
    expect(make('m'.repeat(MAX_CAMERA_TEXT_LENGTH))).toBe('m'.repeat(MAX_CAMERA_TEXT_LENGTH))
    expect(make('m'.repeat(MAX_CAMERA_TEXT_LENGTH + 1))).toBe('m'.repeat(MAX_CAMERA_TEXT_LENGTH))
    expect(make('📷'.repeat(MAX_CAMERA_TEXT_LENGTH + 1))).toBe('📷'.repeat(MAX_CAMERA_TEXT_LENGTH))
  })

  it('are trimmed, and end at the first NUL', () => {
    expect(make('  NIKON CORPORATION   ')).toBe('NIKON CORPORATION')
    expect(make('Canon\0secret')).toBe('Canon')
  })

  it('hold no characters that command a terminal or turn a line around', () => {
    expect(make('\u001b[31mRed\u0007\u202eder\u200b')).toBe('[31mRedder')
    expect(make('\u0001\u0002\u0085')).toBeUndefined()
  })

  it('are left out when they are no text', () => {
    const number = { type: 'short', bytes: Buffer.alloc(6, 1) } as const
    const outside = { type: 'ascii', bytes: Buffer.from('Canon\0'), count: 9_999 } as const
    expect(cameraFacts(exifOf({ make: number, model: 'R6' }))).toEqual({ model: 'R6' })
    expect(cameraFacts(exifOf({ make: outside, model: 'R6' }))).toEqual({ model: 'R6' })
  })
})

describe('garbage', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['the prefix alone', PREFIX],
    ['a byte order alone', Buffer.from('MM\0*', 'latin1')],
    ['another file', Buffer.from('\x89PNG\r\n\x1a\n0000000000000000', 'latin1')],
    ['a JPEG around EXIF', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 99]), PREFIX, exifOf(PHONE)])],
    ['a directory that points at itself', exifOf({ gps: { type: 'long', bytes: Buffer.from([0, 0, 0, 8]) } })],
  ])('gives null: %s', (_what, bytes) => {
    expect(cameraFacts(bytes)).toBeNull()
  })

  it.each(['byte', 'ascii'] as const)('is not unfolded: thousands of entries of %s', (type) => {
    expect(cameraFacts(exifBomb(type))?.takenAt).toBeUndefined()
  })

  it(`is read as far as ${MAX_EXIF_BYTES} bytes: what begins beyond is not`, () => {
    const far = (length: number) => {
      const padding = { type: 'byte', bytes: Buffer.alloc(length) } as const
      return cameraFacts(exifOf({ artist: padding, takenAt: PHONE.takenAt }))
    }
    expect(far(MAX_EXIF_BYTES - 200)).toEqual({ takenAt: '2024-05-01T12:33:07' })
    expect(far(MAX_EXIF_BYTES)).toBeNull()
  })

  it('of any kind neither throws nor tells more than a camera may, over 600 mutations', () => {
    const random = createRandom(2026)
    let told = 0
    for (let round = 0; round < 600; round += 1) {
      const bytes = exifOf({ ...PHONE, artist: 'Ada', serialNumber: '0815' }, random.pick(['II', 'MM']))
      for (let edit = random.below(12); edit >= 0; edit -= 1) bytes[random.below(bytes.length, 4)] = random.below(256)
      const facts = cameraFacts(bytes.subarray(0, random.chance(0.2) ? random.below(bytes.length) : undefined))
      if (facts === null) continue
      told += 1
      const { takenAt = FACTS.takenAt, make = '-', model = '-', ...others } = facts
      expect(others).toEqual({})
      expect(takenAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?$/)
      for (const text of [make, model]) {
        expect(text).toMatch(/^\P{C}+$/u)
        expect([...text].length).toBeLessThanOrEqual(MAX_CAMERA_TEXT_LENGTH)
      }
    }
    expect(told).toBeGreaterThan(200)
  })
})

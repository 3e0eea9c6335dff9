import { describe, expect, it } from 'vitest'
import { recordFailure } from '../../functions/lib/record-failure.ts'
import { developImage } from '../../functions/lib/develop-image.ts'
import { FAILURE_CODES, type FailureCode } from '../../functions/lib/failures.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { arrivalOf, givenDarkroom, type Given } from './given.ts'

/** Codes that have their tests elsewhere: with `expireUpload`, and where the limit of time is tested. */
const ELSEWHERE = { UPLOAD_EXPIRED: 'expire-upload.test.ts', IMAGE_TOO_COMPLEX: 'test/limits/pictures.test.ts' } as const

/**
 * Each code that a file can cause, by files that cause it. A code without one fails below.
 */
const CAUSES: Record<Exclude<FailureCode, 'PROCESSING_FAILED' | keyof typeof ELSEWHERE>, [FixtureName, Given?][]> = {
  EMPTY_FILE: [['zeroBytes', { declared: { byteSize: 10 } }]],
  SIZE_MISMATCH: [['baselineJpeg', { declared: { byteSize: 10 } }]],
  UNSUPPORTED_FORMAT: [['textAsJpeg'], ['htmlAsPng'], ['svg'], ['heifHead']],
  CONTENT_TYPE_MISMATCH: [['webp', { declared: { contentType: 'image/png' } }]],
  TOO_MANY_PIXELS: [['manyPixelsPng']],
  IMAGE_TOO_ELONGATED: [['elongatedPng']],
  CORRUPT_IMAGE: [['truncatedJpeg'], ['scrambledJpeg'], ['jpegHeadOnly']],
}

const cases = Object.entries(CAUSES).flatMap(([code, files]) =>
  files.map(([name, given]) => [code, name, given] as const),
)

describe('failures', () => {
  it.each(cases)('%s is what becomes of %s: REJECTED, and nothing is stored or labelled', async (code, name, given) => {
    const original = await fixture(name)
    const { services, reports, media, labelled, tallied } = givenDarkroom(original, given)
    await developImage(arrivalOf(original.bytes.length), services)
    expect(reports.at(-1)).toMatchObject({
      status: 'REJECTED',
      failure: { code, retryable: false, message: expect.stringMatching(/expected .+, received .+\.$/) },
    })
    expect([reports.length, media.size, labelled.length]).toEqual([2, 0, 0])
    expect(tallied).toMatchObject([{ status: 'REJECTED' }])
  })

  it('PROCESSING_FAILED is what becomes of an original that failed on every attempt: FAILED, retryable', async () => {
    const { services, reports } = givenDarkroom(await fixture('baselineJpeg'))
    await recordFailure(arrivalOf(1), { ...services, renditions: { remove: async () => 0 } })
    expect(reports).toMatchObject([{ status: 'FAILED', failure: { code: 'PROCESSING_FAILED', retryable: true } }])
  })

  it('have each a test above', () => {
    expect([...Object.keys(CAUSES), 'PROCESSING_FAILED', ...Object.keys(ELSEWHERE)].sort()).toEqual([...FAILURE_CODES].sort())
  })
})

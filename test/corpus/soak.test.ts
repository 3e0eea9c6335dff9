import { describe, expect, it } from 'vitest'
import { soak } from './soak.ts'

/** Every kind of picture once; `npm run soak` takes 60. */
const PICTURES = 13

/**
 * Beside other tests the collector gets its turn later, so this only tells a leak, or a second copy of every picture,
 * from none: code that decodes for each variant peaks above 1,100 MB. `npm run soak` holds 60 pictures to 400 MB.
 */
const LIMIT_MB = 600

describe('the bundled function, in one process under its settings', () => {
  it(`develops every kind of picture in less than ${LIMIT_MB} MB`, { timeout: 180_000 }, async () => {
    const { peakMb, endings, failed } = await soak(PICTURES)
    expect(failed).toBe(0)
    expect(endings).toHaveLength(PICTURES)
    expect(endings.filter((ending) => ending !== 'READY').sort()).toEqual(['CORRUPT_IMAGE', 'TOO_MANY_PIXELS'])
    expect(peakMb).toBeLessThan(LIMIT_MB)
  })
})

import { describe, expect, it } from 'vitest'
import { soak, SOAK_LIMIT_MB } from './soak.ts'

/** Every kind of picture once; `npm run soak` takes 60. */
const PICTURES = 13

describe('the bundled function, in one process under its settings', () => {
  it(`develops every kind of picture in less than ${SOAK_LIMIT_MB} MB`, { timeout: 180_000 }, async () => {
    const { peakMb, endings, failed } = await soak(PICTURES)
    expect(failed).toBe(0)
    expect(endings).toHaveLength(PICTURES)
    expect(endings.filter((ending) => ending !== 'READY').sort()).toEqual(['CORRUPT_IMAGE', 'TOO_MANY_PIXELS'])
    expect(peakMb).toBeLessThan(SOAK_LIMIT_MB)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuzz, LIMIT_MS, LIMIT_RSS_KB } from './fuzz.ts'
import { mutate } from './mutate.ts'
import { createRandom } from './random.ts'
import { makeSeeds, type Seed } from './seeds.ts'
import { structureOf } from './structure.ts'
import { WatchedProcess } from './watched-process.ts'

/** The same files in every run of the tests; `npm run fuzz` takes others. */
const SEED = 20_261_120
const CASES = 400

let seeds: Seed[]
let watched: WatchedProcess
beforeAll(async () => {
  seeds = await makeSeeds()
  watched = new WatchedProcess(LIMIT_MS)
})
afterAll(() => watched.stop())

describe('fuzzing', () => {
  it('starts from files that are sound: each ends READY', async () => {
    for (const { name, bytes, contentType } of seeds) {
      const seen = await watched.develop({ bytes, contentType })
      expect({ name, ...seen }).toMatchObject({ name, status: 'READY', fault: undefined })
    }
  })

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff', 'heic'])('knows the inside of a %s', (format) => {
    for (const { name, bytes, contentType } of seeds) {
      if (contentType !== `image/${format}` || name === 'bigTiff') continue
      const { parts, fields } = structureOf(bytes)
      expect(parts.length, name).toBeGreaterThan(0)
      expect(fields.filter(({ means }) => means === 'side').length, name).toBeGreaterThan(0)
    }
  })

  it('makes the same file of the same seed and number, and others of others', () => {
    const made = (seed: number, number: number) => mutate(seeds, createRandom(seed, number))
    expect(made(SEED, 7)).toEqual(made(SEED, 7))
    expect(made(SEED, 8).history).not.toEqual(made(SEED, 7).history)
  })

  it(
    `ends ${CASES} broken files READY or REJECTED with a listed code, in bounded time and memory, the process alive`,
    { timeout: 120_000 },
    async () => {
      const { failures, endings, maxRssKb } = await fuzz({ seed: SEED, first: 0, cases: CASES })
      expect(failures).toEqual([])
      expect([...endings.keys()]).toEqual(
        expect.arrayContaining(['READY', 'REJECTED CORRUPT_IMAGE', 'REJECTED CONTENT_TYPE_MISMATCH']),
      )
      expect(maxRssKb).toBeLessThan(LIMIT_RSS_KB)
    },
  )

  it('tells of a file that takes too long, and goes on with the next', async () => {
    const impatient = new WatchedProcess(1)
    const [{ bytes, contentType }] = seeds as [Seed]
    expect(await impatient.develop({ bytes, contentType })).toEqual({ type: 'timed out' })
    await impatient.stop()
    expect(await watched.develop({ bytes, contentType })).toMatchObject({ status: 'READY' })
  })
})

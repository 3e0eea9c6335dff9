import { inject } from 'vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../fuzz/random.ts'
import { interrupt, type InterruptReport } from './interrupt.ts'
import { BLOWS, isUntouched, planFor, STEPS } from './plan.ts'

/** The same in every run of the tests; `npm run interruptions` takes others, and more images. */
const SEED = 20_261_120
const IMAGES = 30

describe('images that are interrupted in every way', () => {
  let report: InterruptReport
  beforeAll(async () => {
    report = await interrupt({ assemblyDir: inject('assemblyDir'), images: IMAGES, seed: SEED })
  }, 240_000)

  it('each end in one terminal state that their owner heard of; versions only rise, no variant is orphaned', () => {
    expect(report.violations).toEqual([])
  })

  it('were interrupted: at every step, in every way', () => {
    const blows = report.stories.flatMap(({ seen }) => seen.blows)
    for (const step of STEPS)
      expect(
        blows.some((blow) => blow.startsWith(`${step}: `)),
        step,
      ).toBe(true)
    for (const blow of Object.keys(BLOWS))
      expect(
        blows.some((struck) => struck.endsWith(`: ${blow}`)),
        blow,
      ).toBe(true)
  })

  it('end READY, REJECTED and FAILED, and those that nothing befell are labelled once', () => {
    const statuses = new Set(report.stories.map(({ image }) => image?.status))
    expect([...statuses].sort()).toEqual(['FAILED', 'READY', 'REJECTED'])
    expect(report.redriven).toBeGreaterThan(0)
    const untouched = report.stories.filter(({ plan, image }) => isUntouched(plan) && image?.labelsStatus === 'READY')
    expect(untouched.length).toBeGreaterThan(0)
    expect(untouched.map(({ seen }) => seen.labelled)).toEqual(untouched.map(() => 1))
  })
})

describe('a plan', () => {
  it('is the same for the same seed and image', () => {
    expect(planFor(createRandom(SEED, 3))).toEqual(planFor(createRandom(SEED, 3)))
  })
})

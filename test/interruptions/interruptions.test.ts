import { inject } from 'vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../fuzz/random.ts'
import { interrupt, type InterruptReport } from './interrupt.ts'
import { BLOWS, isUntouched, planFor, type Step } from './plan.ts'

/**
 * The same in every run of the tests; `npm run interruptions` takes others, and more images. Searched for, as one that
 * has every blow, and most steps, in so few.
 */
const SEED = 92_621
const IMAGES = 24

/** Steps at which something befalls one of these images at least; in 500 it is every step. */
const STRUCK: Step[] = [
  'claim', 'fetch', 'label', 'store', 'record', 'put off', 'label later', 'record labels', 'give up',
]

let report: InterruptReport
beforeAll(async () => {
  report = await interrupt({ assemblyDir: inject('assemblyDir'), images: IMAGES, seed: SEED })
}, 240_000)

describe('images that are interrupted in every way', () => {
  it('each end in one terminal state that their owner heard of, with what is to be shown and nothing orphaned', () => {
    expect(report.violations).toEqual([])
  })

  it('were interrupted: while developed, labelled later and given up, in every way', () => {
    const blows = report.stories.flatMap(({ seen }) => seen.blows.map((blow) => blow.split(': ')))
    expect(blows.map(([step]) => step)).toEqual(expect.arrayContaining(STRUCK))
    expect(new Set(blows.map(([, blow]) => blow))).toEqual(new Set(Object.keys(BLOWS)))
  })

  it('end READY, REJECTED and FAILED, and those that nothing befell are looked at once', () => {
    const statuses = new Set(report.stories.map(({ image }) => image?.status))
    expect([...statuses].sort()).toEqual(['FAILED', 'READY', 'REJECTED'])
    expect(report.redriven).toBeGreaterThan(0)
    const untouched = report.stories.filter(({ plan, image }) => isUntouched(plan) && image?.labelsStatus === 'READY')
    expect(untouched.length).toBeGreaterThan(0)
    expect(untouched.map(({ seen }) => [seen.labelled, seen.moderated])).toEqual(untouched.map(() => [1, 1]))
    expect(untouched.filter(({ plan }) => plan.copies > 1)).not.toEqual([])
  })
})

describe('images that Rekognition answers late', () => {
  it('are held back or shown by what it says in the end', () => {
    const moderated = new Set(report.stories.map(({ image }) => image?.moderationStatus))
    expect([...moderated]).toEqual(expect.arrayContaining(['CLEARED', 'HELD']))
    const late = report.stories.filter(({ seen }) => seen.blows.some((blow) => blow.startsWith('label later: ')))
    expect(late.map(({ image }) => image?.labelsStatus)).not.toContain('PENDING')
  })
})

describe('a plan', () => {
  it('is the same for the same seed and image', () => {
    expect(planFor(createRandom(SEED, 3))).toEqual(planFor(createRandom(SEED, 3)))
  })
})

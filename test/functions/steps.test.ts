import { describe, expect, it } from 'vitest'
import { Steps } from '../../functions/lib/steps.ts'

const services = { add: 10 }
const twoSteps = Steps.from<{ start: number }, typeof services>()
  .step('first', async ({ start }, { add }) => ({ sum: start + add }))
  .step('second', async ({ sum }) => ({ double: sum * 2 }))

describe('steps', () => {
  it('run in the order of the list, each with what the ones before it found', async () => {
    expect(twoSteps.names).toEqual(['first', 'second'])
    expect(await twoSteps.run({ start: 1 }, services, () => 0, {})).toEqual({ start: 1, sum: 11, double: 22 })
  })

  it('end with the first that throws, and tell how long each took, that one too', async () => {
    const fails = twoSteps.step('third', async () => Promise.reject(new Error('no'))).step('fourth', async () => ({}))
    const times = {}
    let time = 0
    await expect(fails.run({ start: 1 }, services, () => (time += 5), times)).rejects.toThrow('no')
    expect(times).toEqual({ first: 5, second: 5, third: 5 })
  })
})

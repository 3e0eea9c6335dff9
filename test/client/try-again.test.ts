import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, tryAgain } from '../../client/try-again.ts'

/** Fails as often as it is told, and keeps how long was paused. */
function given(failures: number, message = 'ServiceUnavailable') {
  const pausedMs: number[] = []
  const asked = { times: 0 }
  const pauses = { pause: async (ms: number) => void pausedMs.push(ms), wake: () => undefined, stop: () => undefined }
  const isPassing = (error: unknown) => (error as Error).message === 'ServiceUnavailable'
  const ask = async () => {
    asked.times += 1
    if (asked.times <= failures) throw new Error(message)
    return 'done'
  }
  return { asked, pausedMs, run: () => tryAgain(ask, { isPassing, pauses }) }
}

describe('what Darkroom could not do just now', () => {
  it('is asked for again until it is done, after a pause each time', async () => {
    const { run, asked, pausedMs } = given(MAX_ATTEMPTS - 1)
    expect(await run()).toBe('done')
    expect(asked.times).toBe(MAX_ATTEMPTS)
    expect(pausedMs.map((ms, index) => ms <= 1_000 * 2 ** index)).toEqual([true, true, true])
  })

  it('is told to the user when it fails a fourth time', async () => {
    const { run, asked } = given(MAX_ATTEMPTS)
    await expect(run()).rejects.toThrow('ServiceUnavailable')
    expect(asked.times).toBe(MAX_ATTEMPTS)
  })

  it('is not asked for again when the user has to change something', async () => {
    const { run, asked } = given(1, 'InvalidByteSize')
    await expect(run()).rejects.toThrow('InvalidByteSize')
    expect(asked.times).toBe(1)
  })
})

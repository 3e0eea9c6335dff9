import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { environmentsOf, figuresOf, machineBusyMs } from './processes.ts'

/** What two ways of looking at the same process may differ by: moments between the looks, and steps of ten. */
const CPU_TOLERANCE_MS = 500
const BYTES_PER_MIB = 1_048_576
const RSS_TOLERANCE = 0.25

describe.runIf(process.platform === 'linux')('what /proc tells', () => {
  it("is a process's CPU time and memory, as the process itself knows them", () => {
    const { cpuMs, rssMib } = figuresOf(process.pid)!
    const { user, system } = process.cpuUsage()
    expect(Math.abs(cpuMs - (user + system) / 1_000)).toBeLessThan(CPU_TOLERANCE_MS)
    expect(Math.abs(rssMib / (process.memoryUsage.rss() / BYTES_PER_MIB) - 1)).toBeLessThan(RSS_TOLERANCE)
    expect(machineBusyMs()).toBeGreaterThan(cpuMs)
  })

  it('is which of the children of a process are environments, and of which function', async () => {
    const child = spawn('cat', { env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: 'process-image' } })
    const other = spawn('cat')
    await Promise.all([once(child, 'spawn'), once(other, 'spawn')])
    const found = environmentsOf(process.pid).filter(({ pid }) => pid === child.pid || pid === other.pid)
    expect(found).toEqual([{ pid: child.pid, functionName: 'process-image' }])
    const ended = Promise.all([once(child, 'close'), once(other, 'close')])
    child.stdin.end()
    other.stdin.end()
    await ended
    expect(figuresOf(child.pid!)).toBeUndefined()
  })
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { INSPECT_FLAG, inspectorUrl, KeptMemory } from './kept-memory.ts'

/** Holds 32 MiB when it is asked to, and lets them go; on its heap and outside of it. */
const HOLDER = `
  let held = []
  process.on('message', (mib) => {
    held = Array.from({ length: mib / 2 }, () => [Buffer.alloc(1 << 20, 1), Array.from({ length: 1 << 17 }, (_, i) => i + 0.5)])
    process.send('done')
  })`

let child: ChildProcess
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill()
    await once(child, 'exit')
  }
})

function start(...flags: string[]): ChildProcess {
  return (child = spawn(process.execPath, [...flags, '-e', HOLDER], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }))
}

async function hold(mib: number): Promise<void> {
  child.send(mib)
  await once(child, 'message')
}

describe('what a process keeps', () => {
  it('is what it holds, and no garbage', async () => {
    const kept = await KeptMemory.of(await inspectorUrl(start(INSPECT_FLAG).stderr!))
    const before = await kept.look()
    await hold(32)
    const held = (await kept.look()) - before
    await hold(0)
    const after = (await kept.look()) - before
    kept.close()
    expect(held).toBeGreaterThan(30)
    expect(held).toBeLessThan(36)
    expect(Math.abs(after)).toBeLessThan(2)
  })

  it('can not be told of a process that does not let itself be looked into', async () => {
    const { stderr } = start()
    child.disconnect()
    child.kill()
    await expect(inspectorUrl(stderr!)).rejects.toThrow(INSPECT_FLAG)
  })

  it('can not be told of a process that has ended', async () => {
    const kept = await KeptMemory.of(await inspectorUrl(start(INSPECT_FLAG).stderr!))
    child.kill()
    await expect(kept.look()).rejects.toThrow(/ended|not opened/i)
  })
})

import { readFileSync } from 'node:fs'
import type { Cost, Developed, Prepare } from './contender.ts'

/** What the worker is asked: one photograph once, and whether what was made of it is wanted too. */
export interface WorkerRequest {
  path: string
  wantOutputs: boolean
}

export interface WorkerAnswer extends Cost {
  /** Most memory that the process has held so far, in bytes. */
  peakRssBytes: number
  developed?: Developed
}

const BYTES_PER_KIB = 1_024
const US_PER_MS = 1_000

/** On Linux, of this program alone: `maxRSS` begins with what the parent held when it forked. Source: proc(5), VmHWM. */
function peakRssKib(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  if (!kib) throw new TypeError('expected VmHWM in /proc/self/status, got none')
  return Number(kib)
}

/** Answers requests of the parent process, one after the other, as `prepare` does the work. */
export function serveRequests(prepare: Prepare): void {
  let prepared: { path: string; run: Awaited<ReturnType<Prepare>> } | undefined
  const answer = async ({ path, wantOutputs }: WorkerRequest): Promise<void> => {
    if (prepared?.path !== path) prepared = { path, run: await prepare(path) }
    const cpuBefore = process.cpuUsage()
    const before = performance.now()
    const developed = await prepared.run()
    const wallMs = performance.now() - before
    const { user, system } = process.cpuUsage(cpuBefore)
    const cost: WorkerAnswer = {
      wallMs,
      cpuMs: (user + system) / US_PER_MS,
      peakRssBytes: peakRssKib() * BYTES_PER_KIB,
    }
    process.send?.(wantOutputs ? { ...cost, developed } : cost)
  }
  process.on('message', (request: WorkerRequest) => void answer(request))
}

import { readFileSync } from 'node:fs'
import { isRecord } from './aws/json.ts'

/** Position of a process's start time among the fields after its name in /proc/<pid>/stat. Source: proc(5). */
const START_TIME_FIELD = 19

/** When a process started, in the kernel's ticks; null where there is no /proc. Tells a pid from its successor. */
export function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD] ?? null
  } catch {
    return null
  }
}

/** @param startTime as `startTimeOf` told it then; where it is unknown the pid alone decides */
export function isRunning(pid: number, startTime: unknown): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return isRecord(error) && error.code === 'EPERM'
  }
  const now = startTimeOf(pid)
  return now === null || typeof startTime !== 'string' || now === startTime
}

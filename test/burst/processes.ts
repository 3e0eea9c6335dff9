import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc in a second. Source: proc(5); Linux shows programs 100 whatever its own timer does. */
const TICKS_PER_SECOND = 100
const MS_PER_TICK = 1_000 / TICKS_PER_SECOND

const BYTES_PER_KIB = 1_024
const BYTES_PER_MIB = 1_024 * 1_024

/** What a process has taken so far, and holds now. */
export interface ProcessFigures {
  /** User and system time in milliseconds, in steps of ten. */
  cpuMs: number
  /** Resident memory in MiB. */
  rssMib: number
}

/** Fields of /proc/PID/stat after the name in brackets, counted from 0. Source: proc(5). */
const UTIME = 11
const STIME = 12

/** @returns undefined when there is no such process any more. Linux only: it reads /proc */
export function figuresOf(pid: number): ProcessFigures | undefined {
  const stat = read(`/proc/${pid}/stat`)
  const status = read(`/proc/${pid}/status`)
  if (stat === undefined || status === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const rssKib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  const ticks = Number(fields[UTIME]) + Number(fields[STIME])
  return { cpuMs: ticks * MS_PER_TICK, rssMib: (rssKib * BYTES_PER_KIB) / BYTES_PER_MIB }
}

/** Processes that are execution environments of a local run, with the functions' logical names. */
export function environmentsOf(cloudPid: number): { pid: number; functionName: string }[] {
  const threads = list(`/proc/${cloudPid}/task`)
  const children = threads.map((thread) => read(`/proc/${cloudPid}/task/${thread}/children`) ?? '')
  return (children.join(' ').match(/\d+/g) ?? []).flatMap((pid) => {
    const functionName = variableOf(pid, 'AWS_LAMBDA_FUNCTION_NAME')
    return functionName === undefined ? [] : [{ pid: Number(pid), functionName }]
  })
}

/** What all processors together worked since the machine started, in milliseconds. */
export function machineBusyMs(): number {
  const [, ...ticks] = (read('/proc/stat') ?? '').split('\n', 1)[0]!.trim().split(/\s+/).map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = ticks
  return (user + nice + system + irq + softirq) * MS_PER_TICK
}

function variableOf(pid: string, name: string): string | undefined {
  const entry = read(`/proc/${pid}/environ`)?.split('\0').find((variable) => variable.startsWith(`${name}=`))
  return entry?.slice(name.length + 1)
}

/** Files of /proc vanish with their process. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

import { environmentsOf, figuresOf, machineBusyMs, type ProcessFigures } from './processes.ts'

/** How often processes are looked at, in milliseconds: what one takes after the last look before its end is lost. */
const LOOK_MS = 250

/** What is counted apart: the functions by name, the local run itself, and its clients. */
const CLOUD = 'local run'
const CLIENTS = 'uploader'

/** Memory at one moment, in MiB. */
export interface MemoryLook {
  cloudMib: number
  /** Of all execution environments together. */
  functionsMib: number
}

export interface Usage {
  wallMs: number
  /** User and system time by whoever took it: `local run`, `uploader`, and each function by its name. */
  cpuMs: Record<string, number>
  /** User and system time of all functions together. */
  functionsCpuMs: number
  /** User and system time of functions, local run and uploader together. */
  totalCpuMs: number
  /** What the processors did meanwhile for others than these. */
  othersCpuMs: number
  memory: MemoryLook[]
}

/** Watches a local run, its functions and this process, which uploads. */
export class UsageWatch {
  private readonly startedAt = performance.now()
  private readonly busyAtStart = machineBusyMs()
  private readonly first = new Map<string, number>()
  private readonly last = new Map<string, { who: string; cpuMs: number }>()
  private readonly memory: MemoryLook[] = []
  private readonly timer: NodeJS.Timeout

  constructor(private readonly cloudPid: number) {
    for (const { key, cpuMs } of this.look()) this.first.set(key, cpuMs)
    this.timer = setInterval(() => this.look(), LOOK_MS)
    this.timer.unref()
  }

  /** Looks a last time; functions must still be there. */
  stop(): Usage {
    clearInterval(this.timer)
    this.look()
    const cpuMs: Record<string, number> = {}
    for (const [key, { who, cpuMs: now }] of this.last) {
      cpuMs[who] = (cpuMs[who] ?? 0) + now - (this.first.get(key) ?? 0)
    }
    const totalCpuMs = Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0)
    return {
      wallMs: performance.now() - this.startedAt,
      cpuMs,
      totalCpuMs,
      functionsCpuMs: totalCpuMs - (cpuMs[CLOUD] ?? 0) - (cpuMs[CLIENTS] ?? 0),
      othersCpuMs: Math.max(0, machineBusyMs() - this.busyAtStart - totalCpuMs),
      memory: this.memory,
    }
  }

  private look(): { key: string; cpuMs: number }[] {
    const looks: { key: string; cpuMs: number }[] = []
    const note = (pid: number, who: string): ProcessFigures => {
      const figures = figuresOf(pid)
      if (!figures) return { cpuMs: 0, rssMib: 0 }
      const key = `${who} ${pid}`
      this.last.set(key, { who, cpuMs: figures.cpuMs })
      looks.push({ key, cpuMs: figures.cpuMs })
      return figures
    }
    const cloudMib = note(this.cloudPid, CLOUD).rssMib
    note(process.pid, CLIENTS)
    const functions = environmentsOf(this.cloudPid).map(({ pid, functionName }) => note(pid, functionName))
    this.memory.push({ cloudMib, functionsMib: functions.reduce((sum, { rssMib }) => sum + rssMib, 0) })
    return looks
  }
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** In which the kernel doles the share out, in microseconds: short against the work. */
const PERIOD_US = 20_000

const PREFIX = 'darkroom-bench-'
const CGROUPS = '/sys/fs/cgroup'

/** Where a hierarchy that shares out CPU time lies, and what it wants to be told. */
interface Hierarchy {
  folder: string
  limit(group: string, quotaUs: number): void
}

/** Versions 2 and 1. Source: Linux kernel documentation, "Control Group v2" and "CFS Bandwidth Control". */
const HIERARCHIES: (Hierarchy & { isThere(): boolean })[] = [
  {
    folder: CGROUPS,
    isThere: () => readIfThere(join(CGROUPS, 'cgroup.subtree_control')).split(/\s+/).includes('cpu'),
    limit: (group, quotaUs) => writeFileSync(join(group, 'cpu.max'), `${quotaUs} ${PERIOD_US}`),
  },
  {
    folder: join(CGROUPS, 'cpu'),
    isThere: () => existsSync(join(CGROUPS, 'cpu', 'cpu.cfs_quota_us')),
    limit(group, quotaUs) {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US))
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quotaUs))
    },
  },
]

/** A share of the processors that whatever is put into it has together. */
export interface CpuShare {
  add(pid: number): void
  /** Share of the periods so far in which there was more to do than the share allowed, 0 to 1. */
  throttled(): number
  /** To be called when all that was put in has ended. */
  remove(): void
}

/** This machine does not let shares be made; the message says what it takes. */
export class NoCpuShares extends Error {
  constructor(reason: string) {
    super(`expected Linux with control groups that may be written, as root: ${reason}`)
  }
}

/**
 * A share of processor time that the kernel holds processes to, as Lambda does.
 * @param share 1 is one processor
 * @throws NoCpuShares
 */
export function createCpuShare(name: string, share: number): CpuShare {
  const hierarchy = HIERARCHIES.find(({ isThere }) => isThere())
  if (!hierarchy) throw new NoCpuShares(`found no CPU controller in ${CGROUPS}`)
  const group = join(hierarchy.folder, `${PREFIX}${process.pid}-${name}`)
  try {
    removeLeftOvers(hierarchy.folder)
    mkdirSync(group)
    hierarchy.limit(group, Math.round(share * PERIOD_US))
  } catch (error) {
    throw new NoCpuShares(error instanceof Error ? error.message : String(error))
  }
  return {
    add: (pid) => writeFileSync(join(group, 'cgroup.procs'), String(pid)),
    throttled() {
      const figure = (key: string): number =>
        Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(readIfThere(join(group, 'cpu.stat')))?.[1] ?? 0)
      return figure('nr_throttled') / Math.max(1, figure('nr_periods'))
    },
    remove: () => rmdirSync(group),
  }
}

/** Groups of benches that were killed: nothing is in them any more. */
function removeLeftOvers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : undefined
    if (pid !== undefined && !existsSync(join('/proc', pid))) rmdirSync(join(folder, name))
  }
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

import type { BurstReport } from './burst.ts'
import type { MemoryLook, Usage } from './usage.ts'

const MS_PER_SECOND = 1_000
const PERCENT = 100
const KIB_PER_MIB = 1_024

/** Throughput is to be at least this share of what the processors would allow, on a machine that does nothing else. */
const RATIO_GOAL = 0.9

/** What a burst comes to; CPU in seconds a picture, memory in MiB. */
interface Figures {
  imagesPerSecond: number
  functionCpu: number
  totalCpu: number
  /** Images a second against cores / CPU a picture, of functions alone and of everything that took part. */
  functionRatio: number
  totalRatio: number
  /** The last one as a share of what others left of the processors: too good, since they also take what stands idle. */
  undisturbedRatio: number
  /** What the processors did for others meanwhile, as a share of all that they can. */
  othersShare: number
  /** Medians of each quarter of the time; in the first one everything starts. */
  cloudMib: number[]
  functionsMib: number[]
}

export const QUARTERS = [0, 1, 2, 3] as const

export function figuresOf(report: BurstReport, usage: Usage, cores: number): Figures {
  const images = Object.values(report.ended).reduce((sum, count) => sum + count, 0)
  const perImage = (ms: number): number => ms / MS_PER_SECOND / images
  const functionCpu = perImage(usage.functionsCpuMs)
  const totalCpu = perImage(usage.totalCpuMs)
  const imagesPerSecond = (images * MS_PER_SECOND) / usage.wallMs
  const othersShare = usage.othersCpuMs / (cores * usage.wallMs)
  const totalRatio = (imagesPerSecond * totalCpu) / cores
  return {
    imagesPerSecond,
    functionCpu,
    totalCpu,
    functionRatio: (imagesPerSecond * functionCpu) / cores,
    totalRatio,
    undisturbedRatio: totalRatio / (1 - othersShare),
    othersShare,
    cloudMib: quarters(usage.memory, ({ cloudMib }) => cloudMib),
    functionsMib: quarters(usage.memory, ({ functionsMib }) => functionsMib),
  }
}

function quarters(looks: MemoryLook[], of: (look: MemoryLook) => number): number[] {
  const from = (quarter: number): number => Math.floor((looks.length * quarter) / QUARTERS.length)
  return QUARTERS.map((quarter) => median(looks.slice(from(quarter), from(quarter + 1)).map(of)))
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** What the local run keeps, of which only what is kept of each image would not be flat. In MiB, a quarter each. */
export function describeKept(keptMib: number[], images: number): string {
  const [first = NaN] = keptMib
  const last = keptMib.at(-1) ?? NaN
  const grown = ((last - first) * KIB_PER_MIB) / (images * (1 - 1 / QUARTERS.length))
  const each = keptMib.map((value) => value.toFixed(1)).join(', ')
  return `local run: keeps ${each} MiB once its garbage is collected, ${grown.toFixed(1)} KiB more with each image`
}

/** What a person reads. */
export function describe(report: BurstReport, usage: Usage, figures: Figures, cores: number): string[] {
  const images = Object.values(report.ended).reduce((sum, count) => sum + count, 0)
  const shares = Object.entries(usage.cpuMs)
    .sort(([, one], [, other]) => other - one)
    .map(([who, ms]) => `  ${who.padEnd(44)} ${(ms / images).toFixed(0).padStart(6)} ms`)
  const memory = (mib: number[]): string => {
    const [, second = NaN, , last = NaN] = mib
    const each = mib.map((value) => value.toFixed(0)).join(', ')
    return `${each} MiB in the quarters of the time, the last ${(last / second).toFixed(2)} of the second`
  }
  const { functionRatio, totalRatio, undisturbedRatio } = figures
  const { unheard, refused, contradicted } = report
  const seconds = (usage.wallMs / MS_PER_SECOND).toFixed(1)
  return [
    ...Object.entries(report.ended).map(([status, count]) => `${String(count).padStart(6)} ${status}`),
    `${unheard.length} never heard of, ${refused.length} refused, ${contradicted.length} stored otherwise`,
    '',
    `${seconds} s, ${figures.imagesPerSecond.toFixed(2)} images a second on ${cores} cores`,
    'CPU a picture, user and system:',
    ...shares,
    `functions alone ${figures.functionCpu.toFixed(3)} s, with local run and uploader ${figures.totalCpu.toFixed(3)} s`,
    `others took ${(figures.othersShare * PERCENT).toFixed(1)} % of the processors meanwhile`,
    '',
    `throughput is ${totalRatio.toFixed(3)} of cores / CPU a picture, everything counted (goal ${RATIO_GOAL})`,
    `              ${functionRatio.toFixed(3)} of cores / CPU a picture, functions alone`,
    `              ${undisturbedRatio.toFixed(3)} of what others left: at most, since they take what stands idle too`,
    '',
    `local run: ${memory(figures.cloudMib)}`,
    `functions: ${memory(figures.functionsMib)}`,
  ]
}

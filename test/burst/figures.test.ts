import { describe as group, expect, it } from 'vitest'
import type { BurstReport } from './burst.ts'
import { describe, describeKept, figuresOf } from './figures.ts'
import type { Usage } from './usage.ts'

const CORES = 2

/** Forty images in ten seconds; 15 of 20 processor seconds are ours, 2 are others', 3 nobody's. */
const REPORT: BurstReport = {
  uploaded: [],
  refused: [],
  ended: { READY: 39, REJECTED: 1 },
  unheard: [],
  contradicted: [],
}
const USAGE: Usage = {
  wallMs: 10_000,
  cpuMs: { 'process-image': 10_000, 'local run': 4_000, uploader: 1_000 },
  functionsCpuMs: 10_000,
  totalCpuMs: 15_000,
  othersCpuMs: 2_000,
  memory: [100, 120, 140, 160, 160, 160, 150, 154].map((cloudMib) => ({ cloudMib, functionsMib: 2 * cloudMib })),
}

group('the figures of a burst', () => {
  const figures = figuresOf(REPORT, USAGE, CORES)

  it('hold throughput against cores / CPU a picture: all counted, functions alone, and what others left', () => {
    expect(figures.imagesPerSecond).toBe(4)
    expect(figures.totalCpu).toBe(0.375)
    expect(figures.functionCpu).toBe(0.25)
    expect(figures.totalRatio).toBeCloseTo(0.75)
    expect(figures.functionRatio).toBeCloseTo(0.5)
    expect(figures.othersShare).toBeCloseTo(0.1)
    expect(figures.undisturbedRatio).toBeCloseTo(0.75 / 0.9)
  })

  it('are of memory the median of each quarter', () => {
    expect(figures.cloudMib).toEqual([120, 160, 160, 154])
    expect(figures.functionsMib).toEqual([240, 320, 320, 308])
  })

  it('tell of what is kept how much it grows with each image, after the first quarter', () => {
    expect(describeKept([50, 51, 52, 53], 1_024)).toBe(
      'local run: keeps 50.0, 51.0, 52.0, 53.0 MiB once its garbage is collected, 4.0 KiB more with each image',
    )
  })

  it('are told in lines, every status and every process among them', () => {
    const told = describe(REPORT, USAGE, figures, CORES).join('\n')
    for (const word of ['39 READY', '1 REJECTED', 'process-image', '250 ms', '0.750 of cores', '0.96 of the second'])
      expect(told).toContain(word)
  })
})

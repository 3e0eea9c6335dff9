import { firstFrame, type Raster } from './raster.ts'

/** Each channel is counted in 16 steps: fine enough to tell colours apart, coarse enough to gather one's shades. */
const STEPS = 16
const STEP_SIZE = 256 / STEPS

/** Pixels that let more through than they show don't count, 0-255. */
const MIN_ALPHA = 128

interface Bin {
  count: number
  red: number
  green: number
  blue: number
}

/**
 * The colour that covers most of the picture, `#rrggbb`: the mean of the most populous cluster, where a cluster is a
 * step of the colour cube with its neighbours. A mean of the whole picture would be a colour that is nowhere on it.
 * A picture without any pixel to see counts by the colours below its transparency.
 * @param raster small, e.g. 160 px: every pixel is visited; of an animation the first frame counts
 */
export function dominantColor(raster: Raster): string {
  const frame = firstFrame(raster)
  const visible = histogram(frame, MIN_ALPHA)
  const bins = visible.size > 0 ? visible : histogram(frame, 0)
  let best: Bin = { count: 0, red: 0, green: 0, blue: 0 }
  for (const index of bins.keys()) {
    const cluster = clusterAround(index, bins)
    if (cluster.count > best.count) best = cluster
  }
  return `#${[best.red, best.green, best.blue].map((sum) => hex(sum / best.count)).join('')}`
}

/** Bins by index, only those that hold a pixel: the sums of their pixels' channels. */
function histogram({ data, channels }: Raster, minAlpha: number): Map<number, Bin> {
  const bins = new Map<number, Bin>()
  for (let at = 0; at < data.length; at += channels) {
    if (channels === 4 && data[at + 3]! < minAlpha) continue
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
    const index = indexOf(Math.floor(red / STEP_SIZE), Math.floor(green / STEP_SIZE), Math.floor(blue / STEP_SIZE))
    const bin = bins.get(index) ?? { count: 0, red: 0, green: 0, blue: 0 }
    bin.count += 1
    bin.red += red
    bin.green += green
    bin.blue += blue
    bins.set(index, bin)
  }
  return bins
}

function clusterAround(index: number, bins: Map<number, Bin>): Bin {
  const sum: Bin = { count: 0, red: 0, green: 0, blue: 0 }
  const blue = index % STEPS
  const green = Math.floor(index / STEPS) % STEPS
  const red = Math.floor(index / STEPS / STEPS)
  for (const r of around(red)) {
    for (const g of around(green)) {
      for (const b of around(blue)) {
        const bin = bins.get(indexOf(r, g, b))
        if (!bin) continue
        sum.count += bin.count
        sum.red += bin.red
        sum.green += bin.green
        sum.blue += bin.blue
      }
    }
  }
  return sum
}

/** A step with its neighbours inside the colour cube. */
function around(step: number): number[] {
  return [step - 1, step, step + 1].filter((near) => near >= 0 && near < STEPS)
}

function indexOf(red: number, green: number, blue: number): number {
  return (red * STEPS + green) * STEPS + blue
}

function hex(channel: number): string {
  return Math.round(channel).toString(16).padStart(2, '0')
}

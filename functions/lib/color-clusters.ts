import { firstFrame, type Raster } from './raster.ts'

/** A colour of 8 bits a channel in sRGB, with fractions where it is a mean. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Colours that lie together. */
export interface Cluster {
  /** The mean of its pixels. */
  color: Rgb
  /** Part of the pixels that count, 0-1. */
  share: number
}

/** Each channel is counted in 16 steps: fine enough to tell colours apart, coarse enough to gather one's shades. */
const STEPS = 16
const STEP_SIZE = 256 / STEPS

/** The colour cube has an empty layer on every side, so that each bin has all its neighbours. */
const SIDE = STEPS + 2
const BINS = SIDE ** 3

/** From a bin to itself and its neighbours. */
const NEIGHBOURS = [-1, 0, 1].flatMap((red) =>
  [-1, 0, 1].flatMap((green) => [-1, 0, 1].map((blue) => (red * SIDE + green) * SIDE + blue)),
)

/** Pixels that let more through than they show don't count, 0-255. */
const MIN_ALPHA = 128

/** Of each bin: how many pixels, and the sums of their channels. */
interface Histogram {
  pixels: number
  counts: Uint32Array
  reds: Uint32Array
  greens: Uint32Array
  blues: Uint32Array
}

/**
 * The clusters of a picture, most covered first. A cluster is a step of the colour cube with its neighbours; each holds
 * what those before it have left over. The order of the pixels plays no part.
 * A picture without any pixel to see counts by the colours below its transparency.
 * @param raster small, e.g. 160 px: every pixel is visited; of an animation the first frame counts
 */
export function* colorClusters(raster: Raster): Generator<Cluster, void> {
  const frame = firstFrame(raster)
  const visible = histogramOf(frame, MIN_ALPHA)
  const histogram = visible.pixels > 0 ? visible : histogramOf(frame, 0)
  const covers = sums()
  for (const [bin, count] of histogram.counts.entries()) addAround(bin, count, covers)
  for (let bin = fullest(histogram, covers); bin !== undefined; bin = fullest(histogram, covers)) {
    yield clusterAround(bin, histogram)
    remove(bin, histogram, covers)
  }
}

/** `#rrggbb`. */
export function hexOf(color: Rgb): string {
  return `#${Buffer.from(color.map(Math.round)).toString('hex')}`
}

function histogramOf({ data, channels }: Raster, minAlpha: number): Histogram {
  const [counts, reds, greens, blues] = [sums(), sums(), sums(), sums()]
  let pixels = 0
  for (let at = 0; at < data.length; at += channels) {
    if (channels === 4 && data[at + 3]! < minAlpha) continue
    const red = data[at]!
    const green = data[at + 1]!
    const blue = data[at + 2]!
    const bin = (stepOf(red) * SIDE + stepOf(green)) * SIDE + stepOf(blue)
    pixels += 1
    counts[bin]! += 1
    reds[bin]! += red
    greens[bin]! += green
    blues[bin]! += blue
  }
  return { pixels, counts, reds, greens, blues }
}

const sums = (): Uint32Array => new Uint32Array(BINS)

const stepOf = (channel: number): number => Math.floor(channel / STEP_SIZE) + 1

/** The bin that covers most with its neighbours; it holds pixels itself, or two colours apart could meet in it. */
function fullest({ counts }: Histogram, covers: Uint32Array): number | undefined {
  let best: number | undefined
  for (let bin = 0; bin < BINS; bin += 1) {
    if (counts[bin]! > 0 && (best === undefined || covers[bin]! > covers[best]!)) best = bin
  }
  return best
}

function clusterAround(bin: number, { pixels, counts, reds, greens, blues }: Histogram): Cluster {
  const sum = (of: Uint32Array) => NEIGHBOURS.reduce((total, step) => total + of[bin + step]!, 0)
  const count = sum(counts)
  return { color: [sum(reds) / count, sum(greens) / count, sum(blues) / count], share: count / pixels }
}

function remove(bin: number, { counts }: Histogram, covers: Uint32Array): void {
  for (const step of NEIGHBOURS) {
    addAround(bin + step, -counts[bin + step]!, covers)
    counts[bin + step] = 0
  }
}

/** Counts the pixels of a bin into all that it lies around. */
function addAround(bin: number, count: number, covers: Uint32Array): void {
  if (count !== 0) for (const step of NEIGHBOURS) covers[bin + step]! += count
}

import { CSS_COLORS } from './css-colors.ts'
import { hueOf, toOklab, type Raster } from './raster.ts'

/** The API's DominantColor. */
export interface DominantColor {
  Red: number
  Green: number
  Blue: number
  /** `#rrggbb`. */
  HexCode: string
  /** Nearest named colour of CSS. */
  CSSColor: string
  /** One of twelve. */
  SimplifiedColor: string
  PixelPercent: number
}

type Lab = [lightness: number, a: number, b: number]
interface Cluster {
  lab: Lab
  rgb: [number, number, number]
  pixels: number
}

/** Bits of each channel that tell two bins of the histogram apart. */
const BIN_BITS = 4
/** Colours nearer than this in OKLab are one: about what the eye tells apart at a glance. */
const MERGE_DISTANCE = 0.09
/** Colours of fewer pixels than this share are details, not dominant. */
const MIN_SHARE = 0.01

const distance = (left: Lab, right: Lab) => Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2])

/** The commonest colours, most pixels first; deterministic: bins are merged into the nearest commoner one. */
export function dominantColors(raster: Raster, limit: number): DominantColor[] {
  const clusters: Cluster[] = []
  for (const bin of histogram(raster)) {
    const near = clusters.find((cluster) => distance(cluster.lab, bin.lab) < MERGE_DISTANCE)
    if (near) near.pixels += bin.pixels
    else clusters.push(bin)
  }
  const total = raster.width * raster.height
  return clusters
    .filter((cluster) => cluster.pixels >= total * MIN_SHARE)
    .sort((left, right) => right.pixels - left.pixels)
    .slice(0, limit)
    .map((cluster) => describe(cluster, total))
}

/** Filled bins with their mean colour, most pixels first. */
function histogram({ rgb }: Raster): Cluster[] {
  const bins = new Map<number, [red: number, green: number, blue: number, pixels: number]>()
  const shift = 8 - BIN_BITS
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]
    const key = ((red >> shift) << (2 * BIN_BITS)) | ((green >> shift) << BIN_BITS) | (blue >> shift)
    const bin = bins.get(key)
    if (!bin) bins.set(key, [red, green, blue, 1])
    else {
      bin[0] += red
      bin[1] += green
      bin[2] += blue
      bin[3] += 1
    }
  }
  return [...bins.values()]
    .sort((left, right) => right[3] - left[3] || left[0] - right[0] || left[1] - right[1] || left[2] - right[2])
    .map(([red, green, blue, pixels]) => {
      const rgb: Cluster['rgb'] = [Math.round(red / pixels), Math.round(green / pixels), Math.round(blue / pixels)]
      return { rgb, lab: toOklab(...rgb), pixels }
    })
}

function describe({ rgb, lab, pixels }: Cluster, total: number): DominantColor {
  const [Red, Green, Blue] = rgb
  return {
    Red,
    Green,
    Blue,
    HexCode: `#${Buffer.from(rgb).toString('hex')}`,
    CSSColor: nearestCssColor(lab),
    SimplifiedColor: simplifiedColor(lab),
    PixelPercent: (100 * pixels) / total,
  }
}

const CSS_LABS = Object.entries(CSS_COLORS).map(([name, hex]) => {
  const [red, green, blue] = Buffer.from(hex, 'hex')
  return { name, lab: toOklab(red!, green!, blue!) }
})

export function nearestCssColor(lab: Lab): string {
  let nearest = { name: '', far: Infinity }
  for (const { name, lab: candidate } of CSS_LABS) {
    const far = distance(lab, candidate)
    if (far < nearest.far) nearest = { name, far }
  }
  return nearest.name
}

/** Below this chroma a colour is black, grey or white; see Raster for the scales. */
const GREY_CHROMA = 0.035
const BLACK_LIGHTNESS = 0.22
const WHITE_LIGHTNESS = 0.93
/** Orange and yellow that are darker and duller than this are brown. */
const BROWN_LIGHTNESS = 0.6
const BROWN_CHROMA = 0.16
/** Red and purple lighter than this are pink. */
const PINK_LIGHTNESS = 0.72
/** Where each hue ends, in degrees of OKLab. */
const HUES: [end: number, name: string][] = [
  [15, 'pink'],
  [42, 'red'],
  [80, 'orange'],
  [118, 'yellow'],
  [170, 'green'],
  [220, 'cyan'],
  [285, 'blue'],
  [330, 'purple'],
  [360, 'pink'],
]

/** Neither black nor white, and without colour. */
export function isGrey(lightness: number, chroma: number): boolean {
  return lightness >= BLACK_LIGHTNESS && lightness <= WHITE_LIGHTNESS && chroma < GREY_CHROMA
}

/** Twelve names: black, grey, white, red, orange, brown, yellow, green, cyan, blue, purple, pink. */
export function simplifiedColor([lightness, a, b]: Lab): string {
  const chroma = Math.hypot(a, b)
  if (lightness < BLACK_LIGHTNESS) return 'black'
  if (isGrey(lightness, chroma)) return 'grey'
  if (chroma < GREY_CHROMA) return 'white'
  const hue = hueOf(a, b)
  const name = HUES.find(([end]) => hue < end)?.[1] ?? 'pink'
  if ((name === 'orange' || name === 'yellow') && lightness < BROWN_LIGHTNESS && chroma < BROWN_CHROMA) return 'brown'
  if (name === 'red' && lightness > PINK_LIGHTNESS) return 'pink'
  return name
}

import type { Raster } from './raster.ts'

/** A smooth region of a sky's colours that hangs from the upper edge. */
export interface SkyEvidence {
  /** Share of the picture. */
  share: number
  /** Share of the columns that the region hangs in. */
  coverage: number
  /** Share of the region that is blue, or as warm as a low sun makes it. */
  blueShare: number
  warmShare: number
  /** Lightness of the region's lowest third less that of its highest: a clear sky is lighter towards the horizon. */
  lightening: number
  /** Mean lightness of the region, and of the rest. */
  lightness: number
  groundLightness: number
  /** Distance of the mean colours of the region and of the rest, in OKLab. */
  colorDistance: number
  /** Lightest pixel of the region. */
  lightest: number
  /** Steps of lightness in the region, and in the rest, mean. */
  roughness: number
  groundRoughness: number
  /** How much the lower edge differs from column to column, as a share of the height: 0 for a ruler's line. */
  edgeSpread: number
}

/** Blue of the day's sky, in degrees of OKLab; paint is more saturated than air. */
const BLUE = { hueFrom: 215, hueTo: 290, minChroma: 0.015, maxChroma: 0.165, minLightness: 0.3 }
/** Yellow, orange, red, pink and violet of the low sun's sky: through 0 degrees. */
const WARM = { hueFrom: 300, hueTo: 105, minChroma: 0.035, minLightness: 0.35 }
/** Clouds: light, and almost without colour. */
const CLOUD = { maxChroma: 0.05, minLightness: 0.55 }
/** A step of lightness above which the region ends. */
const EDGE_STEP = 0.075
/** Rough pixels in a row that a column survives: the edge of a cloud, a wire, a bird. */
const MAX_GAP_PX = 3
/** A column hangs when the region is at least this share of its height. */
const HANGING_SHARE = 0.06

type Kind = 'blue' | 'warm' | 'cloud'

function kindOf(lightness: number, chroma: number, hue: number): Kind | undefined {
  const isBlue = hue >= BLUE.hueFrom && hue <= BLUE.hueTo && chroma >= BLUE.minChroma && chroma <= BLUE.maxChroma
  if (isBlue && lightness >= BLUE.minLightness) return 'blue'
  const isWarmHue = hue >= WARM.hueFrom || hue <= WARM.hueTo
  if (isWarmHue && chroma >= WARM.minChroma && lightness >= WARM.minLightness) return 'warm'
  if (chroma <= CLOUD.maxChroma && lightness >= CLOUD.minLightness) return 'cloud'
  return undefined
}

/** @param kinds what the region may be made of: by day no warm colours, or every sandy hill would be sky */
export function measureSky(raster: Raster, kinds: ReadonlySet<Kind>): SkyEvidence {
  const { width, height, lightness, chroma, hue, step } = raster
  const mask = new Uint8Array(width * height)
  const depths = new Float32Array(width)
  const counts = { blue: 0, warm: 0, cloud: 0 }
  for (let x = 0; x < width; x++) {
    let gap = 0
    for (let y = 0; y < height && gap <= MAX_GAP_PX; y++) {
      const at = y * width + x
      const kind = kindOf(lightness[at]!, chroma[at]!, hue[at]!)
      if (kind === undefined || !kinds.has(kind) || step[at]! > EDGE_STEP) {
        gap++
        continue
      }
      gap = 0
      mask[at] = 1
      counts[kind]++
      depths[x] = y + 1
    }
  }
  const pixels = counts.blue + counts.warm + counts.cloud
  const hanging = depths.filter((depth) => depth >= height * HANGING_SHARE).length
  return {
    share: pixels / mask.length,
    coverage: hanging / width,
    blueShare: pixels === 0 ? 0 : counts.blue / pixels,
    warmShare: pixels === 0 ? 0 : counts.warm / pixels,
    edgeSpread: spread(depths) / height,
    ...compare(raster, mask, depths),
  }
}

const mean = (sum: number, pixels: number) => (pixels === 0 ? 0 : sum / pixels)

function spread(values: Float32Array): number {
  const middle = mean(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
  return Math.sqrt(
    mean(
      values.reduce((sum, value) => sum + (value - middle) ** 2, 0),
      values.length,
    ),
  )
}

function compare({ width, lightness, chroma, hue, step }: Raster, mask: Uint8Array, depths: Float32Array) {
  const sky = { pixels: 0, lightness: 0, a: 0, b: 0, step: 0 }
  const ground = { ...sky }
  const top = { pixels: 0, lightness: 0 }
  const bottom = { pixels: 0, lightness: 0 }
  let lightest = 0
  for (let at = 0; at < mask.length; at++) {
    const here = lightness[at]!
    const part = mask[at] === 1 ? sky : ground
    part.pixels++
    part.lightness += here
    part.a += chroma[at]! * Math.cos((hue[at]! * Math.PI) / 180)
    part.b += chroma[at]! * Math.sin((hue[at]! * Math.PI) / 180)
    part.step += step[at]!
    if (part === ground) continue
    lightest = Math.max(lightest, here)
    const depth = Math.floor(at / width) / depths[at % width]!
    const third = depth < 1 / 3 ? top : depth >= 2 / 3 ? bottom : undefined
    if (!third) continue
    third.pixels++
    third.lightness += here
  }
  const apart = (axis: 'lightness' | 'a' | 'b') => mean(sky[axis], sky.pixels) - mean(ground[axis], ground.pixels)
  return {
    lightening: mean(bottom.lightness, bottom.pixels) - mean(top.lightness, top.pixels),
    lightness: mean(sky.lightness, sky.pixels),
    groundLightness: mean(ground.lightness, ground.pixels),
    colorDistance: Math.hypot(apart('lightness'), apart('a'), apart('b')),
    lightest,
    roughness: mean(sky.step, sky.pixels),
    groundRoughness: mean(ground.step, ground.pixels),
  }
}

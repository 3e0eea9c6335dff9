import sharp from 'sharp'
import { refusal } from './errors.ts'
import { MAX_SIDE_PX, MIN_SIDE_PX } from './limits.ts'

/** How light each pixel is, row-major: 0 (black) to 1 (white), even steps for the eye. */
export interface LightnessRaster {
  width: number
  height: number
  lightness: Float32Array
}

/** Pixels in OKLab, row-major: what the eye sees as equally far apart is equally far apart. */
export interface Raster extends LightnessRaster {
  /** 8-bit RGB, row-major. */
  rgb: Uint8Array
  /** 0 (grey) to about 0.32. */
  chroma: Float32Array
  /** Degrees: 29 red, 110 yellow, 142 green, 264 blue. */
  hue: Float32Array
  /** Largest difference in lightness to a neighbour to the right or below. */
  step: Float32Array
}

export interface Rasters {
  /** Long edge 768 px or less: letters and focus show. */
  fine: LightnessRaster
  /** Long edge 192 px: what a scene is made of. */
  coarse: Raster
}

/** Long edges of the two rasters, in pixels. */
const FINE_EDGE_PX = 768
const COARSE_EDGE_PX = 192

/** Formats that Rekognition reads. */
const FORMATS = ['jpeg', 'png']

/**
 * @throws AwsError InvalidImageFormatException, ImageTooLargeException, InvalidParameterException (a side below 80 px)
 */
export async function readRasters(bytes: Buffer): Promise<Rasters> {
  const { format, width, height } = await readHeader(bytes)
  if (!FORMATS.includes(format)) throw refusal.imageFormat(format)
  if (Math.max(width, height) > MAX_SIDE_PX) throw refusal.sideTooLong(width, height)
  if (Math.min(width, height) < MIN_SIDE_PX) throw refusal.sideTooShort(width, height)
  const { data, info } = await decode(bytes)
  const raw = { width: info.width, height: info.height, channels: 3 as const }
  const small = await sharp(data, { raw })
    .resize(COARSE_EDGE_PX, COARSE_EDGE_PX, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    fine: toLightness(data, info.width, info.height),
    coarse: toRaster(small.data, small.info.width, small.info.height),
  }
}

async function readHeader(bytes: Buffer): Promise<{ format: string; width: number; height: number }> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch {
    throw refusal.imageFormat('bytes of no image')
  }
}

async function decode(bytes: Buffer) {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_SIDE_PX * MAX_SIDE_PX })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(FINE_EDGE_PX, FINE_EDGE_PX, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
  } catch {
    throw refusal.imageFormat('a file that does not decode')
  }
}

/** Linear light of each 8-bit sRGB value. Source: IEC 61966-2-1. */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const encoded = value / 255
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
})

/** Source of the matrices: B. Ottosson, "A perceptual color space for image processing" (OKLab), 2020. */
export function toOklab(red: number, green: number, blue: number): [lightness: number, a: number, b: number] {
  const [r, g, b] = [LINEAR[red]!, LINEAR[green]!, LINEAR[blue]!]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

export const hueOf = (a: number, b: number): number => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360

/** Cube root of the luminance, which is OKLab's lightness for greys, by table: letters and focus need no colour. */
const LIGHTNESS_STEPS = 4_096
const LIGHTNESS = Float32Array.from({ length: LIGHTNESS_STEPS + 1 }, (_, luminance) =>
  Math.cbrt(luminance / LIGHTNESS_STEPS),
)
/** Luminance of each primary. Source: ITU-R BT.709. */
const LUMINANCE = { red: 0.2126, green: 0.7152, blue: 0.0722 }

/** What each value of a primary adds to the luminance, in steps of the table above. */
const stepsOfPrimary = (share: number): Float64Array => LINEAR.map((light) => share * light * LIGHTNESS_STEPS)
const RED = stepsOfPrimary(LUMINANCE.red)
const GREEN = stepsOfPrimary(LUMINANCE.green)
const BLUE = stepsOfPrimary(LUMINANCE.blue)

function toLightness(rgb: Uint8Array, width: number, height: number): LightnessRaster {
  const lightness = new Float32Array(width * height)
  for (let at = 0, from = 0; at < lightness.length; at++, from += 3) {
    const luminance = RED[rgb[from]!]! + GREEN[rgb[from + 1]!]! + BLUE[rgb[from + 2]!]!
    // Rounded by cutting off, several times faster than Math.round in a loop over every pixel.
    lightness[at] = LIGHTNESS[(luminance + 0.5) | 0]!
  }
  return { width, height, lightness }
}

function toRaster(rgb: Uint8Array, width: number, height: number): Raster {
  const count = width * height
  const [lightness, chroma, hue] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)]
  for (let at = 0; at < count; at++) {
    const [l, a, b] = toOklab(rgb[at * 3]!, rgb[at * 3 + 1]!, rgb[at * 3 + 2]!)
    lightness[at] = l
    chroma[at] = Math.hypot(a, b)
    hue[at] = hueOf(a, b)
  }
  return { width, height, rgb, lightness, chroma, hue, step: stepsOf(lightness, width, height) }
}

function stepsOf(lightness: Float32Array, width: number, height: number): Float32Array {
  const step = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const here = lightness[at]!
      const right = x + 1 < width ? Math.abs(lightness[at + 1]! - here) : 0
      const below = y + 1 < height ? Math.abs(lightness[at + width]! - here) : 0
      step[at] = Math.max(right, below)
    }
  }
  return step
}

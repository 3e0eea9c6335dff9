import type { Rgb } from './color-clusters.ts'

/** Largest value of a channel. */
const FULL = 255

/**
 * How far apart two colours look: Euclidean in OKLab, 0 for the same, 1 for black and white.
 * Source: B. Ottosson, "A perceptual color space for image processing", 2020.
 */
export function colorDistance(one: Rgb, other: Rgb): number {
  const [a, b] = [toOklab(one), toOklab(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** Lightness 0-1, then green to red and blue to yellow, each about -0.3 to 0.3 in sRGB. */
function toOklab(color: Rgb): [lightness: number, greenRed: number, blueYellow: number] {
  const [red, green, blue] = [linear(color[0]), linear(color[1]), linear(color[2])]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}

/** Light of a channel, 0-1. Source: IEC 61966-2-1 (sRGB). */
function linear(channel: number): number {
  const encoded = channel / FULL
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
}

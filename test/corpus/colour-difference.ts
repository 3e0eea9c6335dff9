/** Channels of a colour, 0 to 1 unless said otherwise. */
export type Triple = [number, number, number]
type Matrix = [Triple, Triple, Triple]

/** sRGB's curve. Source: IEC 61966-2-1. */
export function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function fromLinear(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
}

/** From linear light of a space to XYZ under D65, by the primaries of its specification. */
const TO_XYZ = {
  /** Source: IEC 61966-2-1. */
  srgb: [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]],
  /** Source: SMPTE EG 432-1 primaries with D65. */
  displayP3: [[0.4865709, 0.2656677, 0.1982173], [0.2289746, 0.6917385, 0.0792869], [0, 0.0451134, 1.0439444]],
  /** Source: Adobe RGB (1998) Color Image Encoding, section 4.3.6.1. */
  adobeRgb: [[0.5766690, 0.1855582, 0.1882286], [0.2973450, 0.6273636, 0.0752915], [0.0270314, 0.0706889, 0.9913375]],
} satisfies Record<string, Matrix>

/** XYZ to linear sRGB: the inverse of the above. */
const XYZ_TO_SRGB: Matrix = [
  [3.2404542, -1.5371385, -0.4985314], [-0.969266, 1.8760108, 0.041556], [0.0556434, -0.2040259, 1.0572252],
]

const ADOBE_GAMMA = 563 / 256

const times = (matrix: Matrix, [a, b, c]: Triple): Triple =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple

/** The same colour in sRGB, by arithmetic alone. @throws RangeError when sRGB does not have it */
export function inSrgb(space: 'displayP3' | 'adobeRgb', colour: Triple): Triple {
  const linear = colour.map((value) => (space === 'adobeRgb' ? value ** ADOBE_GAMMA : toLinear(value))) as Triple
  const converted = times(XYZ_TO_SRGB, times(TO_XYZ[space], linear))
  if (converted.some((value) => value < -0.001 || value > 1.001)) {
    throw new RangeError(`expected a colour that sRGB has, got ${colour.join(', ')} of ${space}`)
  }
  return converted.map((value) => fromLinear(Math.min(1, Math.max(0, value)))) as Triple
}

/** White of D65, XYZ. */
const D65: Triple = [0.95047, 1, 1.08883]

/** CIE 1976 L*a*b* of an sRGB colour. Source: CIE 15:2004, section 8.2.1. */
function lab(colour: Triple): Triple {
  const [x, y, z] = times(TO_XYZ.srgb, colour.map(toLinear) as Triple).map((value, index) => {
    const ratio = value / D65[index]!
    return ratio > (6 / 29) ** 3 ? Math.cbrt(ratio) : ratio / (3 * (6 / 29) ** 2) + 4 / 29
  }) as Triple
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Distance of two sRGB colours: CIE76; about 2.3 is just noticeable. */
export function colourDifference(a: Triple, b: Triple): number {
  const [first, second] = [lab(a), lab(b)]
  return Math.hypot(...first.map((value, index) => value - second[index]!))
}

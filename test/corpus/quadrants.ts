import sharp from 'sharp'
import { nameOf } from '../functions/picture-pixels.ts'
import { QUADRANTS } from '../fixtures/index.ts'

/** Where the middle of each quadrant lies, as ratios of width and height. */
const MIDDLES = {
  topLeft: [0.25, 0.25],
  topRight: [0.75, 0.25],
  bottomLeft: [0.25, 0.75],
  bottomRight: [0.75, 0.75],
} as const

/**
 * Colours of a file's four quadrants, and its sides in pixels, as a viewer shows them that knows no orientation.
 * @param frame default the first, 0
 */
export async function shownQuadrants(file: Buffer, frame = 0) {
  const { data, info } = await sharp(file, { page: frame }).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const colourAt = ([x, y]: readonly [number, number]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
    return nameOf([...data.subarray(at, at + 3)])
  }
  const colours = Object.fromEntries(Object.entries(MIDDLES).map(([name, middle]) => [name, colourAt(middle)]))
  return { colours: colours as Record<keyof typeof QUADRANTS, string>, width: info.width, height: info.height }
}

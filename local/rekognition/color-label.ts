import type { DominantColor } from './dominant-colors.ts'
import { FULL, JUST } from './scene-labels.ts'
import type { ColorName, LabelName } from './taxonomy.ts'

/** The label that each of the twelve simplified colours goes by. */
const LABEL_OF: Record<string, ColorName> = {
  black: 'Black',
  grey: 'Gray',
  white: 'White',
  red: 'Red',
  orange: 'Orange',
  brown: 'Brown',
  yellow: 'Yellow',
  green: 'Green',
  cyan: 'Cyan',
  blue: 'Blue',
  purple: 'Purple',
  pink: 'Pink',
}

const PERCENT = 100

/**
 * The colour that covers more of the picture than any other: the one thing that pixels say of every picture.
 * @param colors all that are dominant, shades of one name apart
 * @returns the label with its confidence in percent, which rises with the share that the colour covers
 */
export function colorLabel(colors: DominantColor[]): [LabelName, number] | undefined {
  const shares = new Map<ColorName, number>()
  for (const { SimplifiedColor, PixelPercent } of colors) {
    const name = LABEL_OF[SimplifiedColor]
    if (name) shares.set(name, (shares.get(name) ?? 0) + PixelPercent / PERCENT)
  }
  const [most] = [...shares].sort(([left, leftShare], [right, rightShare]) =>
    rightShare - leftShare || left.localeCompare(right))
  return most && [most[0], JUST + (FULL - JUST) * most[1]]
}

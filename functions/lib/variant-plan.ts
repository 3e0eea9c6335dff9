import type { Measured } from './measure-picture.ts'
import { MAX_MOVING_FRAMES, MAX_MOVING_PIXELS } from './picture-limits.ts'
import { describedSize, labelSize, longEdgeOf, variantSizes } from './picture-sizes.ts'
import type { Size } from './raster.ts'
import { MOVING_FORMATS } from './variant-formats.ts'
import type { VariantFormat, VariantSetting } from './variant-settings.ts'

/** One file that is to be made. */
export interface PlannedVariant {
  format: VariantFormat
  size: Size
  /** Whether it shows all frames, or the first alone. */
  moves: boolean
}

/** What is to be made of an original, and from which pixels. */
export interface VariantPlan {
  /** Format by format, best first, and in each largest first. */
  variants: PlannedVariant[]
  /** How many frames are decoded: 1 unless a variant moves. */
  frames: number
  /** What the original is decoded to: the largest size that anything is made in. */
  decoded: Size
  /** Of the JPEG that is labelled; undefined when it would be too small. */
  label: Size | undefined
  /** Of what colours, hash and placeholder are read from: all frames, when something moves. */
  described: Size
  /** In which the first frame is needed by itself, largest first. */
  stillSizes: Size[]
  /** In which all frames are needed, largest first; empty when nothing moves. */
  movingSizes: Size[]
}

/**
 * Plans the variants of a picture. An animation moves in the formats that can, as far as the limits let it: of all its
 * sizes the largest are left out until the rest fits; where none does, the first frame is shown in every size.
 * Where something moves, other formats than JPEG are left out, for a browser would prefer their still picture.
 */
export function planVariants(
  { size, frames }: Pick<Measured, 'size' | 'frames'>,
  settings: readonly VariantSetting[],
): VariantPlan {
  const moving = settings.flatMap((setting) => movingVariants(size, frames, setting))
  const still = settings
    .filter(({ format }) => moving.length === 0 || format === 'jpeg')
    .flatMap(({ format, longEdges }) =>
      variantSizes(size, longEdges).map((one) => ({ format, size: one, moves: false })))
  const variants = settings.flatMap(({ format }) => [...moving, ...still].filter((one) => one.format === format))
  const label = labelSize(size)
  const described = describedSize(size)
  const isMoving = moving.length > 0
  const movingSizes = isMoving ? largestFirst([...sizesOf(moving), described]) : []
  const stillSizes = largestFirst([...sizesOf(still), ...(label ? [label] : []), ...(isMoving ? [] : [described])])
  const [decoded = described] = largestFirst([...movingSizes, ...stillSizes])
  return { variants, frames: isMoving ? frames : 1, decoded, label, described, stillSizes, movingSizes }
}

function movingVariants(size: Size, frames: number, { format, longEdges }: VariantSetting): PlannedVariant[] {
  if (frames === 1 || frames > MAX_MOVING_FRAMES || !MOVING_FORMATS.includes(format)) return []
  let budget = MAX_MOVING_PIXELS
  const fitting = variantSizes(size, longEdges).reverse().filter(({ width, height }) => {
    budget -= width * height * frames
    return budget >= 0
  })
  return fitting.reverse().map((one) => ({ format, size: one, moves: true }))
}

const sizesOf = (variants: PlannedVariant[]): Size[] => variants.map(({ size }) => size)

/** Each size once. */
function largestFirst(sizes: Size[]): Size[] {
  const byLongEdge = new Map(sizes.map((size) => [longEdgeOf(size), size]))
  return [...byLongEdge.values()].sort((a, b) => longEdgeOf(b) - longEdgeOf(a))
}

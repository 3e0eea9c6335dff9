import { longEdgeOf } from './picture-sizes.ts'
import { firstFrame, resizeRaster, type Raster, type Size } from './raster.ts'
import type { VariantPlan } from './variant-plan.ts'

/** A picture's pixels in every size that something is made from, by long edge. */
export interface Rasters {
  /** The first frame, or the only one. */
  still: Map<number, Raster>
  /** All frames; empty for a picture of which nothing moves. */
  moving: Map<number, Raster>
}

/**
 * Makes each size from the next larger one: closer to the original than separate decodes, and a third of their work.
 * @param raster in the plan's `decoded` size
 */
export async function makeRasters(raster: Raster, { stillSizes, movingSizes }: VariantPlan): Promise<Rasters> {
  return { still: await cascade(firstFrame(raster), stillSizes), moving: await cascade(raster, movingSizes) }
}

/** @throws RangeError when the plan has no such size: a bug */
export function rasterOf(rasters: ReadonlyMap<number, Raster>, size: Size): Raster {
  const raster = rasters.get(longEdgeOf(size))
  if (!raster) throw new RangeError(`expected one of ${[...rasters.keys()].join(', ')} px, got ${longEdgeOf(size)}`)
  return raster
}

async function cascade(raster: Raster, sizes: readonly Size[]): Promise<Map<number, Raster>> {
  const made = new Map<number, Raster>()
  let current = raster
  for (const size of sizes) {
    current = await resizeRaster(current, size)
    made.set(longEdgeOf(size), current)
  }
  return made
}

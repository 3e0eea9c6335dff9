import { readFile } from 'node:fs/promises'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture } from '../../functions/lib/measure-picture.ts'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { makeRasters, rasterOf, type Rasters } from '../../functions/lib/rasters.ts'
import { encodeVariant } from '../../functions/lib/variant-formats.ts'
import { planVariants } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Developed, Prepare } from './contender.ts'
import { planFor, type Plan } from './plan.ts'

/**
 * The original decoded once, to the largest size that anything is made in, and each output encoded, from the product's
 * own pixels, which were made beforehand. No smaller sizes are made, no colours, no hashes, no checks.
 */
export const prepare: Prepare = async (path) => {
  const { decode, encode } = await prepareFloor(path)
  return async () => {
    await decode()
    return encode()
  }
}

/** The two parts of the floor, each to be run any number of times. */
export async function prepareFloor(path: string) {
  const plan = await planFor(path)
  const bytes = await readFile(path)
  const measured = await measurePicture(bytes, 'jpeg')
  const sizes = planVariants(measured, parseVariants(DEFAULT_VARIANTS))
  const decode = () => decodePicture(bytes, measured, { size: sizes.decoded, frames: 1 })
  const { still } = await makeRasters(await decode(), sizes)
  return { plan, decode, encode: () => encodeAll(still, plan) }
}

/** Each output, one after the other. */
async function encodeAll(rasters: Rasters['still'], plan: Plan): Promise<Developed> {
  const jpeg = { longEdge: longEdgeOf(plan.jpeg), bytes: await encodeVariant(rasterOf(rasters, plan.jpeg), 'jpeg') }
  const webp = []
  for (const size of plan.webp) {
    webp.push({ longEdge: longEdgeOf(size), bytes: await encodeVariant(rasterOf(rasters, size), 'webp') })
  }
  return { webp, jpeg }
}

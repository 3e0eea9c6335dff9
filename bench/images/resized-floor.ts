import { readFile } from 'node:fs/promises'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture } from '../../functions/lib/measure-picture.ts'
import { makeRasters } from '../../functions/lib/rasters.ts'
import { planVariants } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Prepare } from './contender.ts'
import { encodeAll } from './floor.ts'
import { planFor } from './plan.ts'

/** What no arrangement of libvips can do without: the floor, and the resizes of which its pixels come. */
export const prepare: Prepare = async (path) => {
  const plan = await planFor(path)
  const bytes = await readFile(path)
  const measured = await measurePicture(bytes, 'jpeg')
  const sizes = planVariants(measured, parseVariants(DEFAULT_VARIANTS))
  return async () => {
    const decoded = await decodePicture(bytes, measured, { size: sizes.decoded, frames: 1 })
    return encodeAll((await makeRasters(decoded, sizes)).still, plan)
  }
}

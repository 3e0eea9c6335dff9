import sharp from 'sharp'
import type { Prepare } from './contender.ts'
import { prepareFloor } from './floor.ts'

/**
 * The floor without a single resize: the original is decoded at the scale that libjpeg has for it, which no output has,
 * and that is all.
 */
export const prepare: Prepare = async (path) => {
  const { plan, encode } = await prepareFloor(path)
  // The only way to have libvips decode at a scale and do nothing else; the path is the bench's own.
  const scaled = `${path}[shrink=${plan.decodeShrink}]`
  return async () => {
    await sharp(scaled, { failOn: 'warning', sequentialRead: true }).raw().toBuffer()
    return encode()
  }
}

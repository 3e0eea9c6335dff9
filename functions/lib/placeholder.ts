import { rgbaToThumbHash } from 'thumbhash'
import { longEdgeOf, withLongEdge } from './picture-sizes.ts'
import { firstFrame, fromRaster, resizeRaster, type Raster } from './raster.ts'

/** ThumbHash takes no larger picture, and sees no more in one. Source: the thumbhash package. */
const MAX_THUMBHASH_SIDE_PX = 100

/** The blurred stand-in of a picture: some 25 bytes, base64; of an animation's first frame. */
export async function makeThumbhash(raster: Raster): Promise<string> {
  const frame = firstFrame(raster)
  const small = await resizeRaster(frame, withLongEdge(frame, Math.min(longEdgeOf(frame), MAX_THUMBHASH_SIDE_PX)))
  const rgba = await fromRaster(small).ensureAlpha().raw().toBuffer()
  return Buffer.from(rgbaToThumbHash(small.width, small.height, rgba)).toString('base64')
}

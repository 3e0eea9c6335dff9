import type { Sharp } from 'sharp'
import { fromRaster, toPixels, type Raster, type Size } from './raster.ts'

/** How a picture has to be turned to stand upright; 1 leaves it as it is. Source: Exif 3.0, tag Orientation. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** What to do in this order: mirror, then turn clockwise. */
const TURNS: Record<Orientation, (picture: Sharp) => Sharp> = {
  1: (picture) => picture,
  2: (picture) => picture.flop(),
  3: (picture) => picture.rotate(180),
  4: (picture) => picture.flip(),
  5: (picture) => picture.flop().rotate(270),
  6: (picture) => picture.rotate(90),
  7: (picture) => picture.flop().rotate(90),
  8: (picture) => picture.rotate(270),
}

/** The orientation that a file states; 1 when it states none, or one that there is not. */
export function readOrientation(stated: number | undefined): Orientation {
  return stated !== undefined && stated in TURNS ? (stated as Orientation) : 1
}

/** Sides of what lies so, once it stands upright, and the other way round. */
export function uprightSize({ width, height }: Size, orientation: Orientation): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

/** Frames that lie so, each turned by itself: libvips turns a stack of frames as if it were one picture. */
export async function turnFrames(raster: Raster, orientation: Orientation): Promise<Raster> {
  if (orientation === 1) return raster
  const byteLength = raster.width * raster.height * raster.channels
  const turned = Buffer.allocUnsafe(raster.data.length)
  for (let frame = 0; frame < raster.frames; frame += 1) {
    const data = raster.data.subarray(frame * byteLength, (frame + 1) * byteLength)
    const upright = await toPixels(TURNS[orientation](fromRaster({ ...raster, data, frames: 1 })))
    upright.data.copy(turned, frame * byteLength)
  }
  return { ...raster, ...uprightSize(raster, orientation), data: turned }
}

import sharp, { type KernelEnum, type Sharp } from 'sharp'

/** Decoded pixels: 8 bits a channel, sRGB, row-major, alpha not premultiplied, frames one below the other. */
export interface Raster {
  data: Buffer
  width: number
  /** Of one frame. */
  height: number
  channels: 3 | 4
  /** 1 for a still picture. */
  frames: number
}

export interface Size {
  width: number
  height: number
}

/**
 * By which sizes are changed. Against lanczos3, sharp's default, measured on seven photographs: bytes and SSIM of the
 * smaller variants lie on the same curve, one step of quality lower (4 % fewer bytes, an SSIM lower by 0.0013), for 3 ms
 * of CPU time less, and for 5 to 10 % less from file to pixels.
 */
export const KERNEL = 'lanczos2'

/** The raster as input of a sharp pipeline. */
export function fromRaster({ data, width, height, channels, frames }: Raster): Sharp {
  const animation = frames > 1 ? { pageHeight: height } : {}
  return sharp(data, { animated: frames > 1, raw: { width, height: height * frames, channels, ...animation } })
}

/**
 * Runs a pipeline that ends in pixels of `size` a frame.
 * @param kernel default `KERNEL`
 */
export async function toRaster(
  pipeline: Sharp,
  { width, height }: Size,
  frames: number,
  kernel: keyof KernelEnum = KERNEL,
): Promise<Raster> {
  return { ...(await toPixels(pipeline.resize(width, height, { fit: 'fill', kernel }))), width, height, frames }
}

/** Runs a pipeline to its pixels. */
export async function toPixels(pipeline: Sharp): Promise<Pick<Raster, 'data' | 'channels'>> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3 && info.channels !== 4) throw new RangeError(`expected 3 or 4 channels, got ${info.channels}`)
  return { data, channels: info.channels }
}

/** The same picture in another size; itself when it has that size already. */
export async function resizeRaster(raster: Raster, size: Size): Promise<Raster> {
  if (raster.width === size.width && raster.height === size.height) return raster
  return toRaster(fromRaster(raster), size, raster.frames)
}

/** The first frame, sharing the raster's memory. */
export function firstFrame(raster: Raster): Raster {
  const byteLength = raster.width * raster.height * raster.channels
  return { ...raster, data: raster.data.subarray(0, byteLength), frames: 1 }
}

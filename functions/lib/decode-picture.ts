import sharp, { type KernelEnum, type Sharp } from 'sharp'
import { damaged } from './damaged-file.ts'
import { applyProfile } from './embedded-profile.ts'
import { Refusal } from './failures.ts'
import { heicPixels } from './heic-pixels.ts'
import { jpegShrink, sharpsOwnShrink } from './jpeg-shrink.ts'
import type { Measured } from './measure-picture.ts'
import { turnFrames, uprightSize } from './orientation.ts'
import { MAX_DECODE_SECONDS, maxPixels } from './picture-limits.ts'
import { fromRaster, KERNEL, toRaster, type Raster, type Size } from './raster.ts'
import { withShrunkJpeg } from './shrunk-jpeg.ts'

/** Of all that libvips reads, an SVG is the one that runs: never, whatever the bytes look like. */
sharp.block({ operation: ['VipsForeignLoadSvg'] })

/** No picture comes twice: what libvips would keep for the next time is memory lost. */
sharp.cache(false)

/**
 * Of what libjpeg has halved already: as good as `KERNEL` on all pixels. That on halved ones would need 5 % more bytes
 * for the same SSIM.
 */
const SHRUNK_KERNEL = 'lanczos3'

/** What sharp says of a pipeline whose time is over. */
const TIMED_OUT = /^(Error: )?timeout: |\ntimeout: /

/** What is needed of an original. */
export interface Wanted {
  /** The largest size that anything is made in. */
  size: Size
  /** How many frames from the first; 1 or all. */
  frames: number
}

/**
 * Decodes the original once, at the size that is wanted: what shrinks while it is decoded never unfolds.
 * `failOn: 'warning'`, the strictest that lets whole files pass, alone finds flipped bits in JPEG data.
 * Of an animated GIF that ends early the whole frames are left, as every viewer shows it; no half frame ever is.
 * @throws Refusal CORRUPT_IMAGE, IMAGE_TOO_COMPLEX
 */
export async function decodePicture(bytes: Uint8Array, measured: Measured, wanted: Wanted): Promise<Raster> {
  const decodeAt = (source: Uint8Array | string, kernel: keyof KernelEnum) => decode(source, measured, wanted, kernel)
  try {
    if (measured.format === 'heic') return await decodeHeic(bytes, measured, wanted)
    if (measured.frames > 1) return await decodeFrames(bytes, measured, wanted)
    const shrink = measured.format === 'jpeg' ? jpegShrink(measured.size, wanted.size) : 1
    if (shrink <= sharpsOwnShrink(measured.size, wanted.size)) return await decodeAt(bytes, KERNEL)
    return await withShrunkJpeg(bytes, shrink, (path) =>
      path ? decodeAt(path, SHRUNK_KERNEL) : decodeAt(bytes, KERNEL))
  } catch (error) {
    if (!TIMED_OUT.test(String(error))) throw damaged(error, measured.format)
    throw new Refusal('IMAGE_TOO_COMPLEX', `at most ${MAX_DECODE_SECONDS} seconds`, 'more', { cause: error })
  }
}

async function decode(
  source: Uint8Array | string,
  measured: Measured,
  { size, frames }: Wanted,
  kernel: keyof KernelEnum,
): Promise<Raster> {
  const input = readPicture(source, measured, frames).timeout({ seconds: MAX_DECODE_SECONDS })
  if (!measured.lateProfile) return toRaster(input, size, frames, kernel)
  // An embedded profile is applied at full size, four times the work of a decode; carried along, it is applied small.
  const small = await input
    .resize(size.width, size.height, { fit: 'fill', kernel })
    .keepIccProfile()
    .tiff({ compression: 'none' })
    .toBuffer()
  return toRaster(sharp(small), size, frames)
}

/** Frames are turned when they are small; libvips would turn all of them as one picture. */
async function decodeFrames(bytes: Uint8Array, measured: Measured, { size, frames }: Wanted): Promise<Raster> {
  const lying = { size: uprightSize(size, measured.orientation), frames }
  return turnFrames(await decode(bytes, measured, lying, KERNEL), measured.orientation)
}

/** @throws Error when the pixels are not those that the header promised, by which limits were held */
async function decodeHeic(bytes: Uint8Array, { size, profile }: Measured, wanted: Wanted): Promise<Raster> {
  const pixels = heicPixels(bytes)
  if (pixels.width !== size.width || pixels.height !== size.height) {
    throw new Error(`expected ${size.width} x ${size.height} pixels, decoded ${pixels.width} x ${pixels.height}`)
  }
  const small = await toRaster(fromRaster(pixels), wanted.size, 1)
  return profile ? applyProfile(small, profile) : small
}

function readPicture(source: Uint8Array | string, measured: Measured, wantedFrames: number): Sharp {
  const { format, frames, orientation, isDeep } = measured
  const input = sharp(source, {
    animated: wantedFrames > 1,
    failOn: 'warning',
    limitInputPixels: maxPixels(format),
    sequentialRead: true,
  })
  // sharp takes 16 bits with a profile to Display P3 and leaves them there, unless it is told where to work.
  if (isDeep) input.pipelineColourspace('srgb')
  return frames > 1 || orientation === 1 ? input : input.autoOrient()
}

import sharp, { type Metadata } from 'sharp'
import { damaged } from './damaged-file.ts'
import { Refusal } from './failures.ts'
import { readOrientation, uprightSize, type Orientation } from './orientation.ts'
import type { PictureFormat } from './picture-format.ts'
import { inMegapixels, MAX_SIDE_PX, maxPixels } from './picture-limits.ts'
import type { Size } from './raster.ts'

/** What the header says, before a pixel is decoded. */
export interface Measured {
  format: PictureFormat
  /** After orientation, of one frame. */
  size: Size
  /** How the decoded pixels have to be turned; 1 for HEIC and AVIF, whose decoders turn them. */
  orientation: Orientation
  /** 1 for a still picture, and for further pages of a TIFF, which are no animation. */
  frames: number
  /** How long each frame is shown, in milliseconds; empty for a still picture. */
  frameDelaysMs: number[]
  /** How often an animation runs; 0 for ever. */
  loop: number
  /** True when colours can be converted after the resize, not before: an embedded RGB profile, 8 bits, no alpha. */
  lateProfile: boolean
  /** ICC profile that the pixels of a HEIC file are in, which its decoder leaves to us; undefined for sRGB. */
  profile: Buffer | undefined
  /** More than 8 bits a channel. */
  isDeep: boolean
  /** What the camera noted, as it stands in the file; undefined when there is nothing. */
  exif: Buffer | undefined
}

const ANIMATED_FORMATS: PictureFormat[] = ['gif', 'webp']

/**
 * Reads the header: some milliseconds, also for a file that would unfold to gigabytes.
 * @throws Refusal CORRUPT_IMAGE, TOO_MANY_PIXELS, IMAGE_TOO_ELONGATED
 */
export async function measurePicture(bytes: Uint8Array, format: PictureFormat): Promise<Measured> {
  const metadata = await readHeader(bytes, format)
  const frames = ANIMATED_FORMATS.includes(format) ? metadata.pages ?? 1 : 1
  const orientation = readOrientation(metadata.orientation)
  const size = uprightSize(frameSize(metadata), orientation)
  refuseTooLarge(size, frames, format)
  return {
    format,
    size,
    orientation,
    frames,
    frameDelaysMs: frames > 1 ? metadata.delay ?? [] : [],
    loop: metadata.loop ?? 0,
    lateProfile:
      metadata.hasProfile &&
      metadata.space === 'srgb' &&
      metadata.depth === 'uchar' &&
      !metadata.hasAlpha &&
      frames === 1,
    profile: format === 'heic' ? metadata.icc : undefined,
    isDeep: metadata.depth !== 'uchar',
    exif: metadata.exif,
  }
}

async function readHeader(bytes: Uint8Array, format: PictureFormat): Promise<Metadata> {
  try {
    return await sharp(bytes, { animated: ANIMATED_FORMATS.includes(format), limitInputPixels: false }).metadata()
  } catch (error) {
    throw damaged(error, format)
  }
}

/** As it lies in the file, where the frames of an animation stand one below the other. */
function frameSize({ width, height, pageHeight }: Metadata): Size {
  return { width, height: pageHeight ?? height }
}

function refuseTooLarge({ width, height }: Size, frames: number, format: PictureFormat): void {
  const most = maxPixels(format)
  const pixels = width * height * frames
  if (pixels > most) {
    const received = `${width} x ${height}${frames > 1 ? ` in ${frames} frames` : ''}, ${inMegapixels(pixels)}`
    throw new Refusal('TOO_MANY_PIXELS', `at most ${inMegapixels(most)} for ${format}`, received)
  }
  if (Math.max(width, height) > MAX_SIDE_PX) {
    throw new Refusal('IMAGE_TOO_ELONGATED', `sides of at most ${MAX_SIDE_PX} pixels`, `${width} x ${height}`)
  }
}

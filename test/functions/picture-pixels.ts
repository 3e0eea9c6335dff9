import sharp from 'sharp'
import type { Raster } from '../../functions/lib/raster.ts'
import { checkFormat } from '../../functions/lib/check-original.ts'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture, type Measured } from '../../functions/lib/measure-picture.ts'
import { planVariants, type VariantPlan } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Fixture } from '../fixtures/index.ts'

/** Measures, plans and decodes a fixture as the product does. */
export async function decoded(
  { bytes, contentType }: Fixture,
  variants = DEFAULT_VARIANTS,
): Promise<{ raster: Raster; measured: Measured; plan: VariantPlan }> {
  const measured = await measurePicture(bytes, checkFormat(bytes, contentType))
  const plan = planVariants(measured, parseVariants(variants))
  return { measured, plan, raster: await decodePicture(bytes, measured, { size: plan.decoded, frames: plan.frames }) }
}

/** Channels of the pixel at ratios of width and height. */
export function pixelAt({ data, width, height, channels }: Raster, x: number, y: number): number[] {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * channels
  return [...data.subarray(at, at + channels)]
}

/** The nearest of the fixtures' plain colours. */
export function nameOf([red, green, blue]: number[]): string {
  const bright = (channel: number | undefined) => (channel ?? 0) > 127
  const name = [bright(red) && 'red', bright(green) && 'lime', bright(blue) && 'blue'].filter(Boolean).join('+')
  return name === 'red+lime+blue' ? 'white' : name
}

/** Mean absolute difference of two pictures' channels, 0-255. */
export function distance(a: Raster, b: Raster): number {
  if (a.data.length !== b.data.length) throw new RangeError(`expected ${a.data.length} bytes, got ${b.data.length}`)
  return a.data.reduce((sum, value, at) => sum + Math.abs(value - b.data[at]!), 0) / a.data.length
}

/** What sharp makes of a file by itself, in a given size. */
export async function reference(bytes: Uint8Array, { width, height }: Raster): Promise<Raster> {
  const data = await sharp(bytes)
    .autoOrient()
    .resize(width, height, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  return { data, width, height, channels: 3, frames: 1 }
}

/** Names of a WebP file's chunks. Source: RFC 9649, section 2.3. */
export function webpChunks(bytes: Uint8Array): string[] {
  const view = Buffer.from(bytes)
  const names: string[] = []
  for (let at = 12; at + 8 <= view.length; ) {
    names.push(view.toString('latin1', at, at + 4))
    const length = view.readUInt32LE(at + 4)
    at += 8 + length + (length % 2)
  }
  return names
}

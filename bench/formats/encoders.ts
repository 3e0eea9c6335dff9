import { fromRaster, type Raster } from '../../functions/lib/raster.ts'
import { WEBP_EFFORT, WEBP_QUALITY } from '../../functions/lib/variant-formats.ts'

/** One encoder at one effort; the quality is what is varied. */
export interface Encoder {
  name: string
  /** Qualities that are tried, on the encoder's own scale, low to high; what lies between is interpolated. */
  qualities: readonly [number, number, number]
  encode(raster: Raster, quality: number): Promise<Uint8Array>
}

/** What the product uses: every other encoder is held against it. */
export const IN_USE = { name: `webp e${WEBP_EFFORT}`, quality: WEBP_QUALITY }

const WEBP_EFFORTS = [0, 1, 2, 3, 4, 5, 6]
const AVIF_EFFORTS = [0, 1, 2]
const WEBP_QUALITIES = [65, 80, 90] as const
const AVIF_QUALITIES = [45, 60, 75] as const
const JPEG_QUALITIES = [65, 80, 90] as const

export const ENCODERS: Encoder[] = [
  ...WEBP_EFFORTS.map((effort): Encoder => ({
    name: `webp e${effort}`,
    qualities: WEBP_QUALITIES,
    encode: (raster, quality) => fromRaster(raster).webp({ quality, effort }).toBuffer(),
  })),
  ...AVIF_EFFORTS.map((effort): Encoder => ({
    name: `avif e${effort}`,
    qualities: AVIF_QUALITIES,
    encode: (raster, quality) => fromRaster(raster).avif({ quality, effort }).toBuffer(),
  })),
  {
    name: 'avif e0 4:2:0',
    qualities: AVIF_QUALITIES,
    encode: (raster, quality) =>
      fromRaster(raster).avif({ quality, effort: 0, chromaSubsampling: '4:2:0' }).toBuffer(),
  },
  {
    name: 'jpeg',
    qualities: JPEG_QUALITIES,
    encode: (raster, quality) => fromRaster(raster).jpeg({ quality }).toBuffer(),
  },
  {
    name: 'mozjpeg',
    qualities: JPEG_QUALITIES,
    encode: (raster, quality) => fromRaster(raster).jpeg({ quality, mozjpeg: true }).toBuffer(),
  },
]

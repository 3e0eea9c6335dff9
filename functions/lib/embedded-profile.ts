import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { fromRaster, toRaster, type Raster } from './raster.ts'

/** Where a PNG's second chunk begins: after the signature, 8 bytes, and IHDR, 25. Source: PNG specification, 5.2, 11.2.2. */
const SECOND_CHUNK_AT = 33

/**
 * Converts colours to sRGB by an ICC profile. sharp takes a profile from a file alone, so the pixels are made one: a
 * PNG, neither compressed nor kept.
 */
export async function applyProfile(raster: Raster, profile: Buffer): Promise<Raster> {
  const png = await fromRaster(raster).png({ compressionLevel: 0 }).toBuffer()
  const parts = [png.subarray(0, SECOND_CHUNK_AT), profileChunk(profile), png.subarray(SECOND_CHUNK_AT)]
  return toRaster(sharp(Buffer.concat(parts)), raster, raster.frames)
}

/** `iCCP`: a name, the method of compression, the profile. Source: PNG specification, 11.3.2.3. */
function profileChunk(profile: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(profile)])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length - 'iCCP'.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

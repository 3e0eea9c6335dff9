import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'

/** A photograph to measure with. */
export interface Photo {
  name: string
  path: string
  width: number
  height: number
  /** In bytes. */
  byteSize: number
  /** What costs extra: `progressive`, `4:4:4`, `profile`. */
  traits: string[]
}

/** Where Debian's wallpaper packages (mate-backgrounds, ubuntustudio-wallpapers and others) put photographs. */
export const WALLPAPERS = '/usr/share/backgrounds'

/** What cameras and phones make, in pixels. */
const MIN_PIXELS = 12_000_000
const MAX_PIXELS = 24_500_000

/** There is nothing to measure with; the message says what to do. */
export class NoPhotos extends Error {
  constructor(folder: string) {
    super(`expected JPEG photographs of 12 to 24 megapixels in ${folder}, found none: name a folder with --photos`)
  }
}

/**
 * JPEG photographs of 12 to 24 megapixels in a folder and below it, by name.
 * @param most how many at most, evenly picked; undefined: all
 * @throws NoPhotos when there are none
 */
export async function findPhotos(folder: string = WALLPAPERS, most?: number): Promise<Photo[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile() && /\.jpe?g$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const photos = (await Promise.all(paths.map(read))).filter((photo) => photo !== undefined)
  if (photos.length === 0) {
    throw new NoPhotos(folder)
  }
  if (most === undefined || most >= photos.length) return photos
  return Array.from({ length: most }, (_value, index) => photos[Math.floor((index * photos.length) / most)]!)
}

async function read(path: string): Promise<Photo | undefined> {
  const bytes = await readFile(path)
  const metadata = await sharp(bytes).metadata().catch(() => undefined)
  if (!metadata) return undefined
  const { width, height } = metadata.autoOrient
  if (width * height < MIN_PIXELS || width * height > MAX_PIXELS) return undefined
  const traits = [
    ...(metadata.isProgressive ? ['progressive'] : []),
    ...(metadata.chromaSubsampling === '4:4:4' ? ['4:4:4'] : []),
    ...(metadata.hasProfile ? ['profile'] : []),
  ]
  return { name: basename(path), path, width, height, byteSize: bytes.length, traits }
}

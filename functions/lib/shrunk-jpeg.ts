import { randomUUID } from 'node:crypto'
import { unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JpegShrink } from './jpeg-shrink.ts'

/** For its owner's eyes alone, as long as it lies there. */
const PRIVATE = 0o600

/**
 * Has a JPEG decoded at a scale that sharp can't be asked for: libvips takes it after the name of a file, so the bytes
 * lie in one meanwhile. Without room for it `use` is given nothing.
 * @param use gets a path for `sharp(path)`, good until it has ended
 * Source: libvips, "Making image files", options of a load in square brackets.
 */
export async function withShrunkJpeg<Made>(
  bytes: Uint8Array,
  shrink: JpegShrink,
  use: (path: string | undefined) => Promise<Made>,
): Promise<Made> {
  const path = join(tmpdir(), `darkroom-${randomUUID()}.jpg`)
  try {
    const isWritten = await writeFile(path, bytes, { flag: 'wx', mode: PRIVATE }).then(() => true, () => false)
    return await use(isWritten ? `${path}[shrink=${shrink}]` : undefined)
  } finally {
    await unlink(path).catch(() => undefined)
  }
}

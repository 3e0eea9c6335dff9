import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromFile } from 'file-type'
import { ClientError } from './errors.ts'

/** A file that is about to be uploaded. */
export interface Original {
  path: string
  fileName: string
  contentType: string
  byteSize: number
  /** 64 hex digits. */
  sha256: string
}

/**
 * Looks at a file: its type by its first bytes, whatever its name says, its size and its checksum.
 * @throws ClientError when it can't be read
 */
export async function readOriginal(path: string): Promise<Original> {
  try {
    const stats = await stat(path)
    if (!stats.isFile()) throw new ClientError(`${path} must be a file, and is not.`)
    const type = await fileTypeFromFile(path)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return {
      path,
      fileName: basename(path),
      contentType: type?.mime ?? 'application/octet-stream',
      byteSize: stats.size,
      sha256: hash.digest('hex'),
    }
  } catch (error) {
    if (error instanceof ClientError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const why = { ENOENT: 'there is no such file', EACCES: 'it may not be read' }[code ?? ''] ?? message
    throw new ClientError(`Could not read ${path}: ${why}.`)
  }
}

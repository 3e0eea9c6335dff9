import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EM_AARCH64, readElfMachine } from './elf.ts'

/** What HEIC is decoded with: the same for every processor. */
const LIBHEIF = /\/libheif-js\/libheif-wasm\/libheif\.wasm$/

/** The native files without which sharp does not start: its own addon, and libvips. */
const NATIVE = [
  { what: 'sharp\'s addon', pattern: /\/sharp-linux-arm64[^/]*\.node$/ },
  { what: 'libvips', pattern: /\/libvips-cpp\.so[.\d]*$/ },
]

/**
 * Whether a folder is a sharp layer that runs on arm64.
 * @param folder holds, or should hold, `nodejs/node_modules`
 * @returns why not, a clause a fault; empty when it is
 */
export async function findLayerFaults(folder: string): Promise<string[]> {
  const files = await listFiles(join(folder, 'nodejs', 'node_modules'))
  const faults: string[] = []
  for (const { what, pattern } of NATIVE) {
    const file = files.find((path) => pattern.test(path))
    if (!file) {
      faults.push(`${what} for arm64 is missing`)
      continue
    }
    const machine = await readElfMachine(file)
    if (machine !== EM_AARCH64) {
      const received = machine === undefined ? 'no ELF file' : `0x${machine.toString(16)}`
      faults.push(`${what} is expected to be for AArch64 (0x${EM_AARCH64.toString(16)}), got ${received}`)
    }
  }
  if (!files.some((path) => LIBHEIF.test(path))) faults.push('libheif is missing')
  return faults
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

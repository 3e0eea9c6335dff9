import { open } from 'node:fs/promises'

/** First bytes of every ELF file. Source: ELF specification, "ELF Identification". */
const ELF_MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46])

/** Where `e_machine`, a little-endian 16-bit number, stands in the header. Source: ELF specification, "ELF Header". */
const MACHINE_OFFSET = 18

/** Where the header's byte order stands, and the value for little-endian. */
const BYTE_ORDER = { offset: 5, littleEndian: 1 }

/** Header bytes that are read. */
const HEADER_BYTES = 20

/** `e_machine` of a 64-bit ARM. Source: ELF for the Arm 64-bit Architecture, EM_AARCH64. */
export const EM_AARCH64 = 0xb7

/** @returns the processor that a file's code is for, or undefined when it is no little-endian ELF file */
export async function readElfMachine(path: string): Promise<number | undefined> {
  const file = await open(path)
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0)
    if (bytesRead < HEADER_BYTES || !header.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC)) return undefined
    if (header[BYTE_ORDER.offset] !== BYTE_ORDER.littleEndian) return undefined
    return header.readUInt16LE(MACHINE_OFFSET)
  } finally {
    await file.close()
  }
}

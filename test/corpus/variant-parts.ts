/** What a variant's file consists of, so that a test can say what it may. */

/** Marker names of a JPEG up to its data. Source: ITU-T T.81, table B.1. */
export function jpegSegments(bytes: Uint8Array): { marker: number; payload: Buffer }[] {
  const view = Buffer.from(bytes)
  const segments: { marker: number; payload: Buffer }[] = []
  for (let at = 2; at + 4 <= view.length && view[at] === 0xff; ) {
    const marker = view[at + 1]!
    const length = view.readUInt16BE(at + 2)
    segments.push({ marker, payload: view.subarray(at + 4, at + 2 + length) })
    if (marker === 0xda) break
    at += 2 + length
  }
  return segments
}

/** Boxes that hold boxes, and how many bytes come before those. Source: ISO/IEC 14496-12, 23008-12. */
const HOLDERS: Record<string, number> = { meta: 4, iinf: 6, iprp: 0, ipco: 0 }

/** Names of an AVIF's boxes, each with its content. */
export function avifBoxes(bytes: Uint8Array): { name: string; content: Buffer }[] {
  const view = Buffer.from(bytes)
  const boxes: { name: string; content: Buffer }[] = []
  const walk = (from: number, to: number): void => {
    for (let at = from; at + 8 <= to; ) {
      const length = view.readUInt32BE(at)
      const name = view.toString('latin1', at + 4, at + 8)
      boxes.push({ name, content: view.subarray(at + 8, at + length) })
      const before = HOLDERS[name]
      if (before !== undefined) walk(at + 8 + before, at + length)
      if (length < 8) return
      at += length
    }
  }
  walk(0, view.length)
  return boxes
}

import type { Raster } from './raster.ts'

/** Parts of the channels in luma, on the encoded values: what JPEG, WebP and AVIF keep best. Source: ITU-R BT.601. */
const LUMA = { red: 0.299, green: 0.587, blue: 0.114 } as const

/** Largest value of a channel. */
const FULL = 255

/** One source pixel's part in a cell of the smaller picture. */
interface Overlap {
  from: number
  to: number
  /** 0-1; those of a cell sum to 1. */
  part: number
}

/**
 * A picture as `side` x `side` levels of luma, 0-255, row-major: each the mean of the area that it stands for, whatever
 * the picture's ratio. See-through pixels are seen on white, as a page, or a JPEG made of the picture, shows them.
 * @param raster one frame
 */
export function shrinkLuma({ data, width, height, channels }: Raster, side: number): Float64Array {
  const cells = new Float64Array(side * side)
  const columns = overlaps(width, side)
  const luma = new Float64Array(width)
  const across = new Float64Array(side)
  let measured = -1
  for (const row of overlaps(height, side)) {
    // A row on the border of two cells comes twice in succession, and is measured once.
    if (row.from !== measured) {
      measured = row.from
      for (let x = 0; x < width; x += 1) luma[x] = lumaAt(data, (row.from * width + x) * channels, channels)
      across.fill(0)
      for (const { from, to, part } of columns) across[to]! += luma[from]! * part
    }
    for (let x = 0; x < side; x += 1) cells[row.to * side + x]! += across[x]! * row.part
  }
  return cells
}

function lumaAt(data: Buffer, at: number, channels: 3 | 4): number {
  const luma = LUMA.red * data[at]! + LUMA.green * data[at + 1]! + LUMA.blue * data[at + 2]!
  const alpha = channels === 4 ? data[at + 3]! : FULL
  return FULL + ((luma - FULL) * alpha) / FULL
}

/** What falls into which of `side` equal cells, in the order of both. Fewer pixels than cells are spread over them. */
function overlaps(length: number, side: number): Overlap[] {
  const size = length / side
  return Array.from({ length: side }, (_, to) => {
    const [start, end] = [to * size, (to + 1) * size]
    const first = Math.floor(start)
    return Array.from({ length: Math.ceil(end) - first }, (_value, index) => {
      const from = first + index
      return { from, to, part: (Math.min(from + 1, end) - Math.max(from, start)) / size }
    })
  }).flat()
}

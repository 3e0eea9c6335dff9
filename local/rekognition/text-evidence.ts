import type { LightnessRaster } from './raster.ts'

/** Signs of letters: hard edges in pairs, in many places, on one paper, with empty lines between. */
export interface TextEvidence {
  /** Share of the pixels within the lightness of the commonest one: the paper. */
  paperShare: number
  /** Share of the pixels between paper and ink: little where edges are hard. */
  blurredShare: number
  /** Share of the cells that hold several strokes. */
  strokeCells: number
  /** Share of the rows within the written area that hold almost no edge: the space between lines. */
  emptyRows: number
}

/** Number of lightness bins for finding the paper. */
const BINS = 32
/** Step of lightness from paper to ink, and back. */
const STROKE_STEP = 0.2
/** Side of a cell, in pixels: about three letters of a screenshot at this size. */
const CELL_PX = 24
/** Strokes (up and down steps) that make a cell a written one, of CELL_PX squared pixels. */
const MIN_STROKES = 24
/** A row with fewer steps than this share of the mean is empty. */
const EMPTY_ROW = 0.25

/** White, which is 1, belongs to the lightest bin. */
function binOf(lightness: number): number {
  const bin = (lightness * BINS) | 0
  return bin < BINS ? bin : BINS - 1
}

export function measureText({ width, height, lightness }: LightnessRaster): TextEvidence {
  const histogram = new Float64Array(BINS)
  for (let at = 0; at < lightness.length; at++) histogram[binOf(lightness[at]!)]! += 1
  const paper = histogram.indexOf(Math.max(...histogram))
  const paperLightness = (paper + 0.5) / BINS
  let [onPaper, between] = [0, 0]
  for (let at = 0; at < lightness.length; at++) {
    const value = lightness[at]!
    const fromPaper = binOf(value) - paper
    if (fromPaper >= -1 && fromPaper <= 1) onPaper++
    else if (Math.abs(value - paperLightness) < STROKE_STEP) between++
  }
  return {
    paperShare: onPaper / lightness.length,
    blurredShare: between / lightness.length,
    ...measureStrokes(lightness, width, height),
  }
}

function measureStrokes(lightness: Float32Array, width: number, height: number) {
  const columns = Math.ceil(width / CELL_PX)
  const ups = new Uint16Array(columns * Math.ceil(height / CELL_PX))
  const downs = new Uint16Array(ups.length)
  const rows = new Float32Array(height)
  for (let y = 0; y < height; y++) {
    for (let x = 2; x < width; x++) {
      const change = lightness[y * width + x]! - lightness[y * width + x - 2]!
      if (Math.abs(change) < STROKE_STEP) continue
      const cell = Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)
      if (change > 0) ups[cell]! += 1
      else downs[cell]! += 1
      rows[y]! += 1
    }
  }
  let written = 0
  for (let cell = 0; cell < ups.length; cell++)
    if (ups[cell]! >= MIN_STROKES && downs[cell]! >= MIN_STROKES) written++
  const first = rows.findIndex((steps) => steps > 0)
  const used = first < 0 ? new Float32Array() : rows.subarray(first, rows.findLastIndex((steps) => steps > 0) + 1)
  const mean = used.length === 0 ? 0 : used.reduce((sum, steps) => sum + steps, 0) / used.length
  const empty = used.filter((steps) => steps < mean * EMPTY_ROW).length
  return { strokeCells: written / ups.length, emptyRows: used.length === 0 ? 0 : empty / used.length }
}

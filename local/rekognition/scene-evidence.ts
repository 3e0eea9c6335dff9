import { contrastOf } from './quality.ts'
import type { Raster, Rasters } from './raster.ts'
import { measureSky, type SkyEvidence } from './sky-evidence.ts'
import { countSpecks } from './specks.ts'
import { measureText, type TextEvidence } from './text-evidence.ts'

/** What was measured of a picture; shares are of all its pixels unless said otherwise. */
export interface SceneEvidence {
  /** By day: blue and clouds. */
  daySky: SkyEvidence
  /** Towards the night: warm colours too. */
  eveningSky: SkyEvidence
  text: TextEvidence
  /** Green as leaves are, and not smooth. */
  foliageShare: number
  /** Spread of hue over the foliage, in degrees: leaves differ, paint doesn't. */
  foliageHueSpread: number
  /** Share of the foliage that is rough. */
  foliageRoughness: number
  /** Without colour, black and white too. */
  greyShare: number
  /** Lightness between the 5th and 95th percentile. */
  contrast: number
  darkShare: number
  /** Small separate lights. */
  specks: number
}

/** Hue of leaves and grass, in degrees of OKLab, from olive to bluish green. */
const LEAF_HUE = { from: 108, to: 160 }
const LEAF_MIN_CHROMA = 0.045
const LEAF_LIGHTNESS = { from: 0.16, to: 0.92 }
/** A step in lightness above this is texture. */
const ROUGH_STEP = 0.02
const GREY_MAX_CHROMA = 0.02
const DARK_LIGHTNESS = 0.3

const within = (value: number, { from, to }: { from: number; to: number }) => value >= from && value <= to

export function measureScene({ fine, coarse }: Rasters): SceneEvidence {
  const { lightness, chroma } = coarse
  const count = lightness.length
  return {
    daySky: measureSky(coarse, new Set(['blue', 'cloud'])),
    eveningSky: measureSky(coarse, new Set(['blue', 'cloud', 'warm'])),
    text: measureText(fine),
    ...measureFoliage(coarse),
    greyShare: shareOf(count, (at) => chroma[at]! < GREY_MAX_CHROMA),
    contrast: contrastOf(lightness),
    darkShare: shareOf(count, (at) => lightness[at]! < DARK_LIGHTNESS),
    specks: countSpecks(coarse),
  }
}

function shareOf(count: number, holds: (at: number) => boolean): number {
  let hits = 0
  for (let at = 0; at < count; at++) if (holds(at)) hits++
  return count === 0 ? 0 : hits / count
}

function measureFoliage({ lightness, chroma, hue, step }: Raster) {
  let [pixels, rough, sum, squares] = [0, 0, 0, 0]
  for (let at = 0; at < hue.length; at++) {
    const isLeaf =
      within(hue[at]!, LEAF_HUE) && chroma[at]! >= LEAF_MIN_CHROMA && within(lightness[at]!, LEAF_LIGHTNESS)
    if (!isLeaf) continue
    pixels++
    sum += hue[at]!
    squares += hue[at]! * hue[at]!
    if (step[at]! > ROUGH_STEP) rough++
  }
  const mean = pixels === 0 ? 0 : sum / pixels
  return {
    foliageShare: pixels / hue.length,
    foliageHueSpread: pixels === 0 ? 0 : Math.sqrt(Math.max(0, squares / pixels - mean * mean)),
    foliageRoughness: pixels === 0 ? 0 : rough / pixels,
  }
}

import type { SceneEvidence } from './scene-evidence.ts'
import type { SkyEvidence } from './sky-evidence.ts'
import { TAXONOMY, type LabelName } from './taxonomy.ts'

/** Confidence in percent by label; ancestors are there with the best of their descendants. */
export type Confidences = Map<LabelName, number>

/** One thing that has to be so, and from where on it could not be more so. */
interface Clause {
  value: number
  /** Below this (above, where `full` is smaller) the label is not given at all. */
  needs: number
  full: number
}

/** Confidence of a label whose clauses all just hold, and of one whose clauses all hold in full, in percent. */
export const JUST = 60
export const FULL = 98

/** 0 where a clause just holds, 1 where it holds in full; undefined where it doesn't hold. */
function strength({ value, needs, full }: Clause): number | undefined {
  const reached = (value - needs) / (full - needs)
  return reached < 0 ? undefined : Math.min(1, reached)
}

/** The mean strength of the clauses as a confidence; undefined when one of them doesn't hold. */
function confidence(...clauses: Clause[]): number | undefined {
  let sum = 0
  for (const clause of clauses) {
    const reached = strength(clause)
    if (reached === undefined) return undefined
    sum += reached
  }
  return JUST + ((FULL - JUST) * sum) / clauses.length
}

type Rule = (evidence: SceneEvidence, given: Confidences) => number | undefined

const shape = ({ coverage, edgeSpread, roughness }: SkyEvidence): Clause[] => [
  { value: coverage, needs: 0.85, full: 1 },
  { value: edgeSpread, needs: 0.2, full: 0.05 },
  { value: roughness, needs: 0.03, full: 0.01 },
]

/** A sky that fills more than this share of the picture has no ground to be told from. */
const MAX_SKY_SHARE = 0.95
/** Roughness below this is none. */
const MIN_ROUGHNESS = 0.001

/** How much rougher than the sky the rest is, or how far from it in colour: whichever says more. */
function contrastToGround({ roughness, groundRoughness, colorDistance, share }: SkyEvidence): Clause {
  const byTexture = strength({ value: groundRoughness / Math.max(roughness, MIN_ROUGHNESS), needs: 2, full: 5 }) ?? -1
  const byColor = strength({ value: colorDistance, needs: 0.12, full: 0.3 }) ?? -1
  return { value: share > MAX_SKY_SHARE ? -1 : Math.max(byTexture, byColor), needs: 0, full: 1 }
}

/**
 * In this order: later rules may ask what earlier ones gave. The numbers were set by hand on 107 wallpapers and
 * photographs and 41 screenshots, so that no picture of anything else gets the label; units are those of SceneEvidence.
 */
const RULES: [LabelName, Rule][] = [
  [
    'Text',
    ({ text }) =>
      confidence(
        { value: text.paperShare, needs: 0.5, full: 0.8 },
        { value: text.blurredShare, needs: 0.25, full: 0.05 },
        { value: text.strokeCells, needs: 0.15, full: 0.4 },
        { value: text.emptyRows, needs: 0.12, full: 0.3 },
      ),
  ],
  [
    'Sky',
    ({ daySky }, given) =>
      given.has('Text')
        ? undefined
        : confidence(
            ...shape(daySky),
            { value: daySky.blueShare, needs: 0.4, full: 0.9 },
            { value: daySky.lightening, needs: -0.05, full: 0.1 },
            contrastToGround(daySky),
          ),
  ],
  [
    'Sunset',
    ({ eveningSky }) =>
      confidence(
        ...shape(eveningSky),
        { value: eveningSky.warmShare, needs: 0.12, full: 0.4 },
        { value: eveningSky.blueShare, needs: 0.15, full: 0.3 },
        { value: eveningSky.lightening, needs: -0.05, full: 0.1 },
        { value: eveningSky.lightest, needs: 0.85, full: 0.95 },
        { value: eveningSky.lightness - eveningSky.groundLightness, needs: 0.15, full: 0.35 },
        { value: eveningSky.groundLightness, needs: 0.5, full: 0.3 },
      ),
  ],
  [
    'Night',
    ({ darkShare, specks }, given) =>
      given.has('Text')
        ? undefined
        : confidence({ value: darkShare, needs: 0.7, full: 0.9 }, { value: specks, needs: 20, full: 60 }),
  ],
  [
    'Vegetation',
    ({ foliageShare, foliageRoughness, foliageHueSpread }) =>
      confidence(
        { value: foliageShare, needs: 0.25, full: 0.6 },
        { value: foliageRoughness, needs: 0.3, full: 0.6 },
        { value: foliageHueSpread, needs: 1.5, full: 4 },
      ),
  ],
  [
    'Gray',
    ({ greyShare, contrast }, given) =>
      given.has('Text')
        ? undefined
        : confidence({ value: greyShare, needs: 0.97, full: 1 }, { value: contrast, needs: 0.25, full: 0.5 }),
  ],
]

/** What the evidence carries, and nothing else: most pictures of things get no label at all. */
export function labelScene(evidence: SceneEvidence): Confidences {
  const given: Confidences = new Map()
  for (const [name, rule] of RULES) {
    const found = rule(evidence, given)
    if (found === undefined) continue
    for (const label of [name, ...TAXONOMY[name].parents]) given.set(label, Math.max(found, given.get(label) ?? 0))
  }
  return given
}

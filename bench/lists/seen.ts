import type { Label } from '../../generated/graphql.ts'

/** What is on pictures, each with what it belongs to: as DetectLabels answers, in kind and in length. */
const KNOWN: readonly [name: string, parents: string[], isOutlined: boolean][] = [
  ['Animal', [], false],
  ['Architecture', [], false],
  ['Beach', ['Coast', 'Nature', 'Outdoors', 'Sea', 'Water'], false],
  ['Bicycle', ['Transportation', 'Vehicle'], true],
  ['Bird', ['Animal'], true],
  ['Boat', ['Transportation', 'Vehicle'], true],
  ['Bridge', [], false],
  ['Building', ['Architecture'], false],
  ['Car', ['Transportation', 'Vehicle'], true],
  ['Cat', ['Animal', 'Mammal', 'Pet'], true],
  ['Chair', ['Furniture'], true],
  ['City', ['Metropolis', 'Urban'], false],
  ['Coast', ['Nature', 'Outdoors', 'Sea', 'Water'], false],
  ['Dog', ['Animal', 'Canine', 'Mammal', 'Pet'], true],
  ['Face', ['Head', 'Person'], false],
  ['Field', ['Nature', 'Outdoors'], false],
  ['Flower', ['Plant'], true],
  ['Food', [], false],
  ['Forest', ['Nature', 'Outdoors', 'Plant', 'Vegetation'], false],
  ['Garden', ['Nature', 'Outdoors'], false],
  ['Grass', ['Plant'], false],
  ['Horse', ['Animal', 'Mammal'], true],
  ['House', ['Architecture', 'Building'], true],
  ['Lake', ['Nature', 'Outdoors', 'Water'], false],
  ['Mountain', ['Nature', 'Outdoors'], false],
  ['Person', [], true],
  ['Portrait', ['Face', 'Head', 'Person', 'Photography'], false],
  ['Road', [], false],
  ['Sky', ['Nature', 'Outdoors'], false],
  ['Snow', ['Nature', 'Outdoors'], false],
  ['Table', ['Furniture'], true],
  ['Tower', ['Architecture', 'Building'], false],
  ['Train', ['Transportation', 'Vehicle'], true],
  ['Tree', ['Plant'], false],
  ['Water', [], false],
  ['Wedding', ['Person'], false],
]

/** On every other picture, so that a list by it is as long as half of all. */
export const COMMON_LABEL = 'Nature'

/** What is seen on a picture besides the common label. */
const SEEN = 7
const MOST_CERTAIN = 99.9
const CERTAINTY_RANGE = 44

/** @param isCommon whether the common label is on it */
export function labelsSeen(random: () => number, isCommon: boolean): Label[] {
  const labels = new Map<string, Label>()
  if (isCommon) labels.set(COMMON_LABEL, label([COMMON_LABEL, [], false], random))
  while (labels.size < SEEN) {
    const known = KNOWN[Math.floor(random() * KNOWN.length)]!
    if (isCommon || !known[1].includes(COMMON_LABEL)) labels.set(known[0], label(known, random))
  }
  return [...labels.values()].sort((a, b) => b.confidence - a.confidence)
}

function label([name, parents, isOutlined]: (typeof KNOWN)[number], random: () => number): Label {
  const confidence = MOST_CERTAIN - random() * CERTAINTY_RANGE
  const boundingBox = { left: random() / 2, top: random() / 2, width: random() / 2, height: random() / 2 }
  return { name, confidence, parents, instances: isOutlined ? [{ boundingBox, confidence }] : [] }
}

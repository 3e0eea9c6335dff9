/** A label, with its place in Rekognition's vocabulary. */
export interface TaxonomyEntry {
  /** Every ancestor, not only the nearest. */
  parents: LabelName[]
  category: string
}

/** Colours are named one by one; only Gray is known to stand in the service's own list under this category. */
export type ColorName =
  | 'Black' | 'Blue' | 'Brown' | 'Cyan' | 'Gray' | 'Green' | 'Orange' | 'Pink' | 'Purple' | 'Red' | 'White' | 'Yellow'

export type LabelName = ColorName | 'Nature' | 'Night' | 'Outdoors' | 'Plant' | 'Sky' | 'Sunset' | 'Text' | 'Vegetation'

const COLOR: TaxonomyEntry = { parents: [], category: 'Colors and Visual Composition' }

/**
 * The few labels that pixels alone can carry. Names, ancestors and categories as answers of model 3.0 have them.
 * Source: developer guide, "Detecting labels", its list of labels, and published answers of DetectLabels.
 */
export const TAXONOMY = {
  Black: COLOR,
  Blue: COLOR,
  Brown: COLOR,
  Cyan: COLOR,
  Gray: COLOR,
  Green: COLOR,
  Orange: COLOR,
  Pink: COLOR,
  Purple: COLOR,
  Red: COLOR,
  White: COLOR,
  Yellow: COLOR,
  Nature: { parents: [], category: 'Nature and Outdoors' },
  Night: { parents: ['Nature', 'Outdoors'], category: 'Nature and Outdoors' },
  Outdoors: { parents: [], category: 'Nature and Outdoors' },
  Plant: { parents: [], category: 'Plants and Flowers' },
  Sky: { parents: ['Nature', 'Outdoors'], category: 'Nature and Outdoors' },
  Sunset: { parents: ['Nature', 'Outdoors', 'Sky'], category: 'Nature and Outdoors' },
  Text: { parents: [], category: 'Text and Documents' },
  Vegetation: { parents: ['Plant'], category: 'Nature and Outdoors' },
} satisfies Record<LabelName, TaxonomyEntry>

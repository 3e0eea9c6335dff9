/** A label of Rekognition's own vocabulary, with its place there. */
export interface TaxonomyEntry {
  /** Every ancestor, not only the nearest. */
  parents: LabelName[]
  category: string
}

export type LabelName = 'Gray' | 'Nature' | 'Night' | 'Outdoors' | 'Plant' | 'Sky' | 'Sunset' | 'Text' | 'Vegetation'

/**
 * The few labels that pixels alone can carry. Names, ancestors and categories as answers of model 3.0 have them.
 * Source: developer guide, "Detecting labels", its list of labels, and published answers of DetectLabels.
 */
export const TAXONOMY = {
  Gray: { parents: [], category: 'Colors and Visual Composition' },
  Nature: { parents: [], category: 'Nature and Outdoors' },
  Night: { parents: ['Nature', 'Outdoors'], category: 'Nature and Outdoors' },
  Outdoors: { parents: [], category: 'Nature and Outdoors' },
  Plant: { parents: [], category: 'Plants and Flowers' },
  Sky: { parents: ['Nature', 'Outdoors'], category: 'Nature and Outdoors' },
  Sunset: { parents: ['Nature', 'Outdoors', 'Sky'], category: 'Nature and Outdoors' },
  Text: { parents: [], category: 'Text and Documents' },
  Vegetation: { parents: ['Plant'], category: 'Nature and Outdoors' },
} satisfies Record<LabelName, TaxonomyEntry>

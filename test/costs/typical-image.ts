import type {
  LabelInput, RecordImageProcessedInput, RequestUploadInput, VariantInput,
} from '../../generated/graphql.ts'

/** What a person says of a photograph that they upload: a category and two tags are facets. */
export const DESCRIPTION: Partial<RequestUploadInput> = {
  fileName: 'IMG_20240501_123307.jpg',
  title: 'The old pier at low tide',
  altText: 'A wooden pier, at whose end a lighthouse stands; two dogs run along the beach.',
  category: 'Holidays',
  tags: ['Brittany', 'May'],
}

const label = (name: string, parents: string[], boxes = 0): LabelInput => ({
  name,
  confidence: 98.84615384615384,
  parents,
  instances: Array.from({ length: boxes }, () => ({
    confidence: 91.30434782608695,
    boundingBox: {
      left: 0.14285714285714285, top: 0.6153846153846154, width: 0.23076923076923078, height: 0.18181818181818182,
    },
  })),
})

/** Nineteen names to be found by, with those that the labels belong to. */
const LABELS = [
  label('Dog', ['Animal', 'Canine', 'Mammal', 'Pet'], 2),
  label('Person', [], 2),
  label('Lighthouse', ['Architecture', 'Building', 'Tower'], 1),
  label('Pier', ['Water', 'Waterfront']),
  label('Waterfront', ['Water']),
  label('Water', []),
  label('Beach', ['Coast', 'Nature', 'Outdoors', 'Sea', 'Shoreline', 'Water']),
  label('Sea', ['Nature', 'Outdoors', 'Water']),
  label('Nature', []),
]

const variant = (width: number, height: number, format: string, byteSize: number): VariantInput => (
  { width, height, format, byteSize }
)

/** What a deployment makes of a photograph unless it is told otherwise. */
const VARIANTS = [
  variant(1_920, 1_440, 'webp', 536_118), variant(1_080, 810, 'webp', 168_624), variant(480, 360, 'webp', 34_262),
  variant(160, 120, 'webp', 4_702), variant(1_080, 810, 'jpeg', 190_210),
]

/** What becomes of a photograph. */
export const OUTCOME: Partial<RecordImageProcessedInput> = {
  width: 4_000,
  height: 3_000,
  variants: VARIANTS,
  thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  dominantColor: '#635435',
  palette: ['#635435', '#a0b4c8', '#203040', '#d8d0c0', '#405060', '#8090a0'],
  perceptualHash: 'b6c4f0a1d2e3957c',
  camera: { takenAt: '2024-05-01T12:33:07+02:00', make: 'FUJIFILM', model: 'X-T30 II' },
  labels: LABELS,
  moderationStatus: 'CLEARED',
}

import type { ImageItem } from '../../resolvers/lib/image.ts'

/** Who owns every image of the bench. */
export const OWNER = '6f1b6f7e-0000-4000-8000-000000000001'

/** Ids that sort by their number: 23 characters and three digits, a ULID in form. */
const ID_START = '01JAR00000000000000000Z'
const ID_DIGITS = 3

const NOW = '2026-01-02T03:04:05.678Z'
const LONG_EDGES = [1_920, 1_080, 480, 160]
const LABELS = ['Nature', 'Outdoors', 'Mountain', 'Scenery', 'Sky', 'Lake', 'Water', 'Forest', 'Tree', 'Cloud']

/** A READY image with four variants and ten labels, about 2 KB in the table. */
export function imageItem(number: number): ImageItem {
  return {
    id: imageId(number),
    facet: 'IMAGE',
    facetKey: `${OWNER}#READY`,
    owner: OWNER,
    status: 'READY',
    version: 3,
    fileName: `photo-${number}.jpg`,
    title: `Photograph ${number}`,
    contentType: 'image/jpeg',
    byteSize: 4_321_000 + number,
    sha256: 'ab'.repeat(32),
    mediaKey: 'AAECAwQFBgcICQoLDA0ODw',
    width: 4_032,
    height: 3_024,
    variants: LONG_EDGES.map((width) => ({ width, height: (width * 3) / 4, format: 'webp', byteSize: width * 90 })),
    thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    dominantColor: '#506070',
    labels: LABELS.map((name, index) => ({ name, confidence: 99 - index * 3.5, parents: [], instances: [] })),
    labelsStatus: 'READY',
    createdAt: NOW,
    updatedAt: NOW,
    processedAt: NOW,
  }
}

export function imageId(number: number): string {
  return `${ID_START}${String(number).padStart(ID_DIGITS, '0')}`
}

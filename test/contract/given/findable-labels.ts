import type { ImagePartsFragment } from '../../../generated/client.ts'
import { MAX_INDEXED_LABELS } from '../../../resolvers/lib/limits.ts'

/**
 * The names that an image is found by and counted under, in small letters: its labels, the surest first, then what
 * those belong to, as far as docs/limits.md goes. Rekognition's or the stand-in's: it is read off the image.
 */
export function findableLabels({ labels }: ImagePartsFragment): string[] {
  const names = [...labels.map(({ name }) => name), ...labels.flatMap(({ parents }) => parents)]
  return [...new Set(names.map((name) => name.toLowerCase()))].slice(0, MAX_INDEXED_LABELS)
}

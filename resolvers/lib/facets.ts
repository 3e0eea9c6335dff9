import type { Label } from '../../generated/graphql.ts'
import { awaitsOperator, type ImageItem } from './image.ts'
import { facetKeyOf, HELD_FACET } from './keys.ts'
import { MAX_INDEXED_LABELS } from './limits.ts'

/** By what an image is found besides its status: an item of its own beside the image's, in index `byFacet`. */
export interface Facet {
  /** Sort key in the table, under the image's id. */
  facet: string
  /** Partition key in `byFacet`. */
  facetKey: string
  /** What a reader of the index needs besides the id. */
  attributes: Record<string, unknown>
}

/** Bits of a perceptual hash that a band covers, as hex digits. Four bands: hashes that differ in 3 bits share one. */
const BAND_DIGITS = 4

/** Stands in band keys, so that a hash of another kind would never be compared with this one. */
const HASH_VERSION = 'PHASH1'

/**
 * All facets of an image: none unless it is READY, or was and its facets have not been taken away yet. They follow from
 * the item alone, so that what was written can always be found again.
 */
export function facetsOf(item: ImageItem): Facet[] {
  if (item.status !== 'READY' && item.keepsFacets !== true) return []
  const { owner } = item
  const facets = labelNames(item.labels ?? []).map((name) => simple(owner, `LABEL#${name.toLowerCase()}`))
  const hash = item.perceptualHash ?? null
  if (hash !== null) {
    bandsOf(hash).forEach((band) =>
      facets.push({ facet: band, facetKey: facetKeyOf(owner, band), attributes: { perceptualHash: hash } }))
  }
  const category = item.category ?? null
  if (category !== null) facets.push(simple(owner, `CATEGORY#${category.toLowerCase()}`))
  const tags = item.tags ?? []
  tags.forEach((tag) => facets.push(simple(owner, `TAG#${tag.toLowerCase()}`)))
  if (awaitsOperator(item)) facets.push({ facet: HELD_FACET, facetKey: HELD_FACET, attributes: {} })
  return facets
}

/** Names of the labels that an image is counted under and found by: the surest, then what those belong to. */
export function countedLabels(item: ImageItem): string[] {
  return item.status === 'READY' || item.keepsFacets === true ? labelNames(item.labels ?? []) : []
}

/** The four facets of a perceptual hash, e.g. `PHASH1#0#a1f3`. */
export function bandsOf(hash: string): string[] {
  return [0, 1, 2, 3].map((band) =>
    `${HASH_VERSION}#${band}#${hash.slice(band * BAND_DIGITS, (band + 1) * BAND_DIGITS)}`)
}

function simple(owner: string, facet: string): Facet {
  return { facet, facetKey: facetKeyOf(owner, facet), attributes: {} }
}

/** Each once, whatever the case of its letters. */
function labelNames(labels: Label[]): string[] {
  const names: string[] = []
  const seen: Record<string, boolean> = {}
  const add = (name: string) => {
    const key = name.toLowerCase()
    if (seen[key] !== true && names.length < MAX_INDEXED_LABELS) {
      seen[key] = true
      names.push(name)
    }
  }
  labels.forEach(({ name }) => add(name))
  labels.forEach(({ parents }) => parents.forEach((name) => add(name)))
  return names
}

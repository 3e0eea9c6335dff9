import { util } from '@aws-appsync/utils'
import type { QueryImagesArgs } from '../../generated/graphql.ts'
import { MAX_FILTER_LENGTH } from '../lib/limits.ts'
import { shown } from '../lib/shown.ts'

/** Used when the caller passes null; leaving the argument out takes the schema's default, which is the same. */
const DEFAULT_STATUS = 'READY'

/** What is listed: what follows the owner in the partition key of `byFacet`. */
export interface ImageList {
  facet: string
  /** Whether the partition holds images; else facets, which lead to images. */
  holdsImages: boolean
}

/** Ends the resolver with `InvalidFilter` unless the arguments ask for one list. */
export function listedBy({ status, label, category, tag }: QueryImagesArgs): ImageList {
  const facets: string[] = []
  const add = (kind: string, text: string | null | undefined) => {
    if ((text ?? null) !== null) facets.push(`${kind}#${checkedFilter(text!)}`)
  }
  add('LABEL', label)
  add('CATEGORY', category)
  add('TAG', tag)
  const listed = status ?? DEFAULT_STATUS
  if (facets.length === 0) return { facet: listed, holdsImages: true }
  if (facets.length > 1) {
    util.error(`images takes one of label, category and tag, got ${facets.length}.`, 'InvalidFilter')
  }
  if (listed !== 'READY') {
    util.error(`images with a label, category or tag are READY, got status ${listed}.`, 'InvalidFilter')
  }
  return { facet: facets[0]!, holdsImages: false }
}

/** A text as it stands in the keys of facets. */
function checkedFilter(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length < 1 || trimmed.length > MAX_FILTER_LENGTH) {
    util.error(
      `label, category and tag must have 1 to ${MAX_FILTER_LENGTH} characters, got "${shown(trimmed)}".`, 'InvalidFilter',
    )
  }
  return trimmed.toLowerCase()
}

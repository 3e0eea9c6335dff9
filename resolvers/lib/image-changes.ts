import { util } from '@aws-appsync/utils'
import type { UpdateImageInput } from '../../generated/graphql.ts'
import { checkDescription, tagsOf, textOf } from './description.ts'
import { publicKey } from './keys.ts'
import type { ImageChanges } from './write-image.ts'

/**
 * What is to change. Ends the resolver with `NothingToUpdate`, `InvalidTitle`, `InvalidAltText`, `InvalidCategory` or
 * `InvalidTags`.
 */
export function imageChanges(input: UpdateImageInput): ImageChanges {
  checkDescription(input)
  const attributes: Record<string, unknown> = {}
  const removed: string[] = []
  // What is left out stays; null or blank takes it away.
  const change = (name: string, value: unknown) => {
    if (value === null) removed.push(name)
    else attributes[name] = value
  }
  if (input.title !== undefined) change('title', textOf(input.title))
  if (input.altText !== undefined) change('altText', textOf(input.altText))
  if (input.category !== undefined) change('category', textOf(input.category))
  if (input.tags !== undefined) {
    const tags = tagsOf(input.tags)
    change('tags', tags.length === 0 ? null : tags)
  }
  const visibility = input.visibility ?? null
  if (visibility !== null) attributes.visibility = visibility
  // The index holds what has its key, and nothing else.
  if (visibility === 'PUBLIC') attributes.publicKey = publicKey(input.id)
  if (visibility === 'PRIVATE') removed.push('publicKey')
  if (Object.keys(attributes).length === 0 && removed.length === 0) {
    util.error('input must have title, altText, category, tags or visibility, got none.', 'NothingToUpdate')
  }
  return { attributes, removed }
}

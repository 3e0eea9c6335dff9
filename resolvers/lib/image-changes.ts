import { util } from '@aws-appsync/utils'
import type { UpdateImageInput } from '../../generated/graphql.ts'
import { publicKey } from './keys.ts'
import { checkTitle } from './title.ts'

/** Attributes of an image that are set, by name, and names of those that go. */
export interface ImageChanges {
  attributes: Record<string, unknown>
  removed: string[]
}

/** What is to change. Ends the resolver with `NothingToUpdate` or `InvalidTitle`. */
export function imageChanges(input: UpdateImageInput): ImageChanges {
  const attributes: Record<string, unknown> = {}
  const removed: string[] = []
  // A title that is left out stays; null takes it away.
  if (input.title !== undefined) {
    const title = checkTitle(input.title)
    if (title === null) removed.push('title')
    else attributes.title = title
  }
  const visibility = input.visibility ?? null
  if (visibility !== null) attributes.visibility = visibility
  // The index holds what has its key, and nothing else.
  if (visibility === 'PUBLIC') attributes.publicKey = publicKey(input.id)
  if (visibility === 'PRIVATE') removed.push('publicKey')
  if (Object.keys(attributes).length === 0 && removed.length === 0) {
    util.error('input must have title or visibility, got neither.', 'NothingToUpdate')
  }
  return { attributes, removed }
}

export function isToBePublic(input: UpdateImageInput): boolean {
  return input.visibility === 'PUBLIC'
}

import { util } from '@aws-appsync/utils'
import { MAX_ALT_TEXT_LENGTH, MAX_CATEGORY_LENGTH, MAX_TAG_LENGTH, MAX_TAGS, MAX_TITLE_LENGTH } from './limits.ts'
import { refuse, type Refusal } from './refusal.ts'
import { shown } from './shown.ts'

/** What an owner says about an image; each null, or an empty list, for nothing. */
export interface Description {
  title?: string | null
  altText?: string | null
  category?: string | null
  tags?: string[] | null
}

/** What is wrong with a description, or null. */
export function descriptionFault({ title, altText, category, tags }: Description): Refusal | null {
  const [ofTitle, ofAltText, ofCategory] = [lengthOf(title), lengthOf(altText), lengthOf(category)]
  if (ofTitle > MAX_TITLE_LENGTH) {
    return refuse('InvalidTitle', `title must have at most ${MAX_TITLE_LENGTH} characters, got ${ofTitle}.`)
  }
  if (ofAltText > MAX_ALT_TEXT_LENGTH) {
    return refuse('InvalidAltText', `altText must have at most ${MAX_ALT_TEXT_LENGTH} characters, got ${ofAltText}.`)
  }
  if (ofCategory > MAX_CATEGORY_LENGTH) {
    return refuse('InvalidCategory', `category must have at most ${MAX_CATEGORY_LENGTH} characters, got ${ofCategory}.`)
  }
  return tagsFault(tags ?? [])
}

function lengthOf(text: string | null | undefined): number {
  return (text ?? '').trim().length
}

function tagsFault(tags: string[]): Refusal | null {
  if (tags.length > MAX_TAGS) {
    return refuse('InvalidTags', `tags must hold at most ${MAX_TAGS} tags, got ${tags.length}.`)
  }
  const wrong = tags.find((tag) => tag.trim().length === 0 || tag.trim().length > MAX_TAG_LENGTH)
  if (wrong === undefined) return null
  const received = wrong.trim().length === 0 ? 'a blank one' : `"${shown(wrong)}" of ${wrong.trim().length}`
  return refuse('InvalidTags', `Each of tags must have 1 to ${MAX_TAG_LENGTH} characters, got ${received}.`)
}

/** A text to store: without blanks around it, null for none or a blank one. */
export function textOf(text: string | null | undefined): string | null {
  const trimmed = (text ?? '').trim()
  return trimmed.length === 0 ? null : trimmed
}

/** Tags to store: without blanks around them, each once whatever the case of its letters. */
export function tagsOf(tags: string[] | null | undefined): string[] {
  const seen: Record<string, boolean> = {}
  const kept: string[] = []
  const given = tags ?? []
  given.forEach((tag) => {
    const key = tag.trim().toLowerCase()
    if (seen[key] !== true) {
      seen[key] = true
      kept.push(tag.trim())
    }
  })
  return kept
}

/** Ends the resolver with what is wrong with a description, if anything is. */
export function checkDescription(description: Description): void {
  const fault = descriptionFault(description)
  if (fault) util.error(fault.message, fault.type)
}

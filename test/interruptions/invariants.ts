import type { OwnImage } from './owner.ts'
import { isUntouched, type Plan } from './plan.ts'
import type { Seen } from './interrupting-proxy.ts'

/** All that is known of an image once everything has come to rest. */
export interface Story {
  id: string
  plan: Plan
  /** As its owner sees it in the end. */
  image: OwnImage | null
  /** Its subscription events, in order. */
  events: OwnImage[]
  seen: Seen
}

const TERMINAL = ['READY', 'REJECTED', 'FAILED', 'EXPIRED']

type Invariant = (story: Story) => string | undefined

/** What holds for every image, whatever befell it; each answers what it found when it does not. */
export const INVARIANTS: Record<string, Invariant> = {
  'ends in a terminal state': ({ image }) =>
    TERMINAL.includes(String(image?.status)) ? undefined : String(image?.status),
  'ends in the one state that its events told': ({ image, events }) => {
    const told = events.map(({ status }) => status)
    return told.every((status) => status === image?.status) ? undefined : `${told.join(', ')}, then ${image?.status}`
  },
  'told its owner at least once': ({ events }) => (events.length > 0 ? undefined : 'no event'),
  'told its owner the version that is stored': ({ image, events }) => {
    const told = events.map(({ version }) => version)
    return told.at(-1) === image?.version ? undefined : `${told.join(', ')} of ${image?.version}`
  },
  'has versions that only rise': ({ seen, events }) => {
    const falls = (versions: number[]) => versions.some((version, at) => at > 0 && version < versions[at - 1]!)
    const told = events.map(({ version }) => version)
    if (falls(told)) return told.join(', ')
    return falls(seen.versions) ? seen.versions.join(', ') : undefined
  },
  'ends READY or REJECTED when nothing befell it': ({ plan, image }) =>
    isUntouched(plan) && image?.status === 'FAILED' ? image.status : undefined,
  'is looked at once at most when nothing befell its calls, however often its event came': ({ plan, seen }) =>
    isUntouched(plan) && Math.max(seen.labelled, seen.moderated) > 1
      ? `${seen.labelled} and ${seen.moderated} calls`
      : undefined,
  'has its labels when nothing befell it': ({ plan, image }) =>
    isUntouched(plan) && image?.labelsStatus === 'UNAVAILABLE' ? image.labelsStatus : undefined,
  'waits for no labels once every message is done with': ({ image }) =>
    image?.status === 'READY' && [image.labelsStatus, image.moderationStatus].includes('PENDING')
      ? `labels ${image.labelsStatus}, moderation ${image.moderationStatus}`
      : undefined,
  'is held back unless it was found harmless': ({ image, seen }) => {
    if (image?.status !== 'READY') return undefined
    const expected = seen.isHarmful === false ? ['CLEARED', 'UNAVAILABLE'] : ['HELD', 'UNAVAILABLE']
    return expected.includes(image.moderationStatus) ? undefined : image.moderationStatus
  },
  'has variants when READY and cleared, and else none': ({ image }) => {
    const isShown = image?.status === 'READY' && image.moderationStatus === 'CLEARED'
    const count = image?.variants.length ?? 0
    return isShown === count > 0 ? undefined : `${image?.status}, ${image?.moderationStatus}, with ${count}`
  },
}

/** Objects of the media bucket that no image names, and variants that are listed and not there. */
export function strays(stories: Story[], objectKeys: string[]): { orphaned: string[]; missing: string[] } {
  const listed = new Set(
    stories.flatMap(({ image }) => image?.variants.map(({ url }) => new URL(url).pathname.slice(1)) ?? []),
  )
  /** Variants that are held back are listed to nobody, and there. */
  const held = stories.flatMap(({ image, seen }) => {
    return image?.status === 'READY' && image.variants.length === 0 ? `processed/${seen.mediaKey}/` : []
  })
  const stored = new Set(objectKeys)
  return {
    orphaned: objectKeys.filter((key) => !listed.has(key) && !held.some((folder) => key.startsWith(folder))),
    missing: [...listed].filter((key) => !stored.has(key)),
  }
}

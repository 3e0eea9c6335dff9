import type { VersionedImage } from './image-source.ts'

/** The versions that were told, by which repeated and late copies are known. */
export interface KnownImages {
  /** Whether a copy is newer than what was told of its image. */
  isNews(image: VersionedImage): boolean
  add(image: VersionedImage): void
  /** Images that changed at a moment or later, as far as they were told: what is told once more from there. */
  changedSince(since: string): VersionedImage[]
}

export function knownImages(seen: VersionedImage[]): KnownImages {
  const known = new Map<string, VersionedImage>()
  const add = ({ id, version, updatedAt }: VersionedImage) => void known.set(id, { id, version, updatedAt })
  seen.forEach(add)
  return {
    isNews: ({ id, version }) => version > (known.get(id)?.version ?? 0),
    add,
    changedSince: (since) =>
      [...known.values()].filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since)),
  }
}

import type { ImagePartsFragment } from '../../../generated/client.ts'
import { fixture } from '../../fixtures/index.ts'
import type { Person } from '../target/people.ts'
import { givenPerson } from './target.ts'
import { develop, requestUpload, uploadInput } from './uploads.ts'

/** Pictures to find, and those that are not to be found with them. Made once, and changed by no test. */
export interface Gallery {
  owner: Person
  /** The landscape as JPEG: READY, as all but one. */
  landscape: ImagePartsFragment
  /** The same landscape as WebP. */
  copy: ImagePartsFragment
  /** Another picture. */
  disc: ImagePartsFragment
  /** Never uploaded. */
  pending: ImagePartsFragment
  /** Somebody else, with the same landscape under the same words. */
  stranger: Person
  theirs: ImagePartsFragment
}

/** What the owner says of the landscape; of the others the same in other letters, or something else. */
export const SAID = {
  title: 'Above the village', altText: 'A meadow under a blue sky', category: 'Mountains', tags: ['Summer', 'far away'],
}

/** Files that run in one process share it. */
let gallery: Promise<Gallery> | undefined

export const givenGallery = (): Promise<Gallery> => (gallery ??= makeGallery())

async function makeGallery(): Promise<Gallery> {
  const [owner, stranger] = await Promise.all([givenPerson('gallery-owner'), givenPerson('gallery-stranger')])
  const [jpeg, webp, png] = await Promise.all([fixture('baselineJpeg'), fixture('webp'), fixture('alphaPng')])
  const { image: pending } = await requestUpload(owner, uploadInput({ ...jpeg, said: SAID }))
  const [developed, [theirs]] = await Promise.all([
    develop(owner, [
      { ...jpeg, said: SAID },
      { ...webp, said: { category: 'MOUNTAINS', tags: ['summer'] } },
      { ...png, said: { category: 'mountains', tags: ['winter'] } },
    ]),
    develop(stranger, [{ ...jpeg, said: SAID }]),
  ])
  const [landscape, copy, disc] = developed
  return { owner, landscape: landscape!, copy: copy!, disc: disc!, pending, stranger, theirs: theirs! }
}

/** Their ids, newest first. */
export const idsOf = (images: readonly { id: string }[]): string[] => images.map(({ id }) => id).sort().reverse()

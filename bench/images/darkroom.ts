import { readFile } from 'node:fs/promises'
import { STEPS, type DevelopServices } from '../../functions/lib/develop-image.ts'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Image } from '../../generated/graphql.ts'
import type { Prepare } from './contender.ts'

/** Names of no consequence. */
const ARRIVAL = {
  bucket: 'originals', key: 'originals/owner/id', owner: 'owner', id: 'id', versionId: undefined, messageId: 'message',
}
const MEDIA_KEY = 'media'

/** The product's own steps, from claim to labels; storage, API and Rekognition answer at once. */
export const prepare: Prepare = async (path) => {
  const bytes = await readFile(path)
  const arrival = { ...ARRIVAL, byteSize: bytes.length }
  return async () => {
    const made = new Map<string, Uint8Array>()
    const services = servicesAround(bytes, (key, variant) => made.set(key, variant))
    const { variants } = await STEPS.run({ arrival, over: new AbortController().signal }, services, Date.now, {})
    const of = (format: string) => variants.filter((variant) => variant.format === format).map((variant) => {
      const longEdge = longEdgeOf(variant)
      const file = made.get(`processed/${MEDIA_KEY}/${longEdge}.${format}`)
      if (!file) throw new Error(`expected a stored variant of ${longEdge} px, got none`)
      return { longEdge, bytes: file }
    })
    const [jpeg] = of('jpeg')
    if (!jpeg) throw new Error('expected a JPEG, got none')
    return { webp: of('webp'), jpeg }
  }
}

function servicesAround(original: Uint8Array, keep: (key: string, bytes: Uint8Array) => void): DevelopServices {
  const image: Partial<Image> = { mediaKey: MEDIA_KEY, byteSize: original.length, contentType: 'image/jpeg' }
  return {
    outcomes: { record: async () => ({ kind: 'recorded', image: image as Image }) },
    originals: { read: async () => original },
    media: { write: async (key, bytes) => keep(key, bytes) },
    variants: parseVariants(DEFAULT_VARIANTS),
    labeler: { detect: async () => [] },
    moderator: undefined,
    labelPictures: { keep: async () => undefined },
    labelQueue: { send: async () => undefined },
    removals: { send: async () => undefined },
    tally: { finished: ignore, failed: ignore, labelsLater: ignore },
    clock: { now: Date.now, after: () => ({ cancel: ignore }) },
    log: { info: ignore, warn: ignore, error: ignore },
  }
}

function ignore(): void {}

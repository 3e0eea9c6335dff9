import { readFile } from 'node:fs/promises'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { STEPS, type DevelopServices } from '../../functions/lib/develop-image.ts'
import type { Image } from '../../generated/graphql.ts'
import type { Developed, Prepare } from './contender.ts'

/** Names of no consequence. */
const ARRIVAL = { bucket: 'originals', key: 'originals/owner/id', owner: 'owner', id: 'id', versionId: undefined }
const MEDIA_KEY = 'media'

/** The product's own steps, from claim to labels; storage, API and Rekognition answer at once. */
export const prepare: Prepare = async (path) => {
  const bytes = await readFile(path)
  const arrival = { ...ARRIVAL, byteSize: bytes.length }
  return async () => {
    const made = new Map<string, Uint8Array>()
    let label = new Uint8Array()
    const services = servicesAround(bytes, (key, variant) => made.set(key, variant), (jpeg) => (label = jpeg))
    const { variants } = await STEPS.run({ arrival }, services, Date.now, {})
    return { variants: variants.map((variant) => asOutput(variant, made)), label }
  }
}

type Variant = Awaited<ReturnType<typeof STEPS.run>>['variants'][number]

function asOutput(variant: Variant, made: Map<string, Uint8Array>): Developed['variants'][number] {
  const longEdge = longEdgeOf(variant)
  const bytes = made.get(`processed/${MEDIA_KEY}/${longEdge}.${variant.format}`)
  if (!bytes) throw new Error(`expected a stored variant of ${longEdge} px, got none`)
  return { longEdge, bytes }
}

function servicesAround(
  original: Uint8Array,
  keep: (key: string, bytes: Uint8Array) => void,
  keepLabel: (jpeg: Uint8Array<ArrayBuffer>) => void,
): DevelopServices {
  const image: Partial<Image> = { mediaKey: MEDIA_KEY, byteSize: original.length, contentType: 'image/jpeg' }
  return {
    outcomes: { record: async () => ({ kind: 'recorded', image: image as Image }) },
    originals: { read: async () => original },
    media: { write: async (key, bytes) => keep(key, bytes) },
    labeler: {
      detect: async (jpeg) => {
        keepLabel(Uint8Array.from(jpeg))
        return []
      },
    },
    tally: { finished: ignore, failed: ignore, labelsUnavailable: ignore },
    clock: { now: Date.now, after: () => ({ cancel: ignore }) },
    log: { info: ignore, warn: ignore, error: ignore },
  }
}

function ignore(): void {}

/** Which variants a deployment makes. Nothing is imported: whoever deploys checks a setting by the same rules. */

/** What variants can be encoded as. */
export const VARIANT_FORMATS = ['avif', 'webp', 'jpeg'] as const
export type VariantFormat = (typeof VARIANT_FORMATS)[number]

/** Long edges that variants can have, in pixels, largest first: full screen, page, card, thumbnail. */
export const VARIANT_LONG_EDGES = [1_920, 1_080, 480, 160] as const
export type VariantLongEdge = (typeof VARIANT_LONG_EDGES)[number]

/** One format, and the sizes that are made in it. */
export interface VariantSetting {
  format: VariantFormat
  /** Largest first. */
  longEdges: [VariantLongEdge, ...VariantLongEdge[]]
}

/**
 * WebP, which every browser shows since 2020, in all sizes, and one JPEG for whatever else there is; Rekognition is
 * sent that very JPEG. Why, and when AVIF pays: docs/decisions/process-image.md.
 */
export const DEFAULT_VARIANTS = 'webp:1920,1080,480,160;jpeg:1080'

/** A setting that makes no sense; the message is one sentence, with what was expected and what was received. */
export class VariantSettingsError extends Error {
  override readonly name = 'VariantSettingsError'
  constructor(expected: string, received: string) {
    super(`Variants must be ${expected}, e.g. ${DEFAULT_VARIANTS}; got "${received}".`)
  }
}

const FORMAT_AND_EDGES = /^([^:]*):([^:]*)$/

/**
 * Reads what variants are to be made: `<format>:<long edge>,<long edge>;<format>:...`, best format first.
 * Blanks around each part are of no consequence, and sizes may come in any order.
 * @throws VariantSettingsError
 */
export function parseVariants(text: string): [VariantSetting, ...VariantSetting[]] {
  const [first, ...others] = text.split(';').map(parseFormat)
  if (!first) throw new VariantSettingsError('formats with long edges', text)
  const settings: [VariantSetting, ...VariantSetting[]] = [first, ...others]
  for (const [index, { format }] of settings.entries()) {
    if (settings.findIndex((other) => other.format === format) < index) {
      throw new VariantSettingsError(`each format once, not ${format} twice`, text)
    }
  }
  return settings
}

function parseFormat(text: string): VariantSetting {
  const [, name = '', edges = ''] = FORMAT_AND_EDGES.exec(text) ?? []
  const format = VARIANT_FORMATS.find((known) => known === name.trim())
  if (!format) {
    throw new VariantSettingsError(`formats of ${VARIANT_FORMATS.join(', ')}, a colon and long edges`, text)
  }
  const wanted = edges.split(',').map((edge) => parseEdge(edge.trim(), text))
  if (new Set(wanted).size < wanted.length) throw new VariantSettingsError('each long edge once a format', text)
  const [largest, ...smaller] = wanted.sort((a, b) => b - a)
  if (!largest) throw new VariantSettingsError('formats with long edges', text)
  return { format, longEdges: [largest, ...smaller] }
}

function parseEdge(edge: string, text: string): VariantLongEdge {
  const known = VARIANT_LONG_EDGES.find((longEdge) => String(longEdge) === edge)
  if (!known) throw new VariantSettingsError(`long edges of ${VARIANT_LONG_EDGES.join(', ')} pixels`, text)
  return known
}

import type { Srcset, Variant, VariantInput } from '../../generated/graphql.ts'

/**
 * The variants with where each is served.
 * @param folder `<media base URL>/processed/<mediaKey>`
 */
export function withUrls(variants: VariantInput[], folder: string): Variant[] {
  return variants.map((variant) => {
    const longEdge = Math.max(variant.width, variant.height)
    return { ...variant, url: `${folder}/${longEdge}.${variant.format}` }
  })
}

/** One `srcset` a format, in the order of the variants. */
export function srcsetsOf(variants: Variant[]): Srcset[] {
  const candidates: Record<string, string[]> = {}
  const formats: string[] = []
  variants.forEach(({ format, url, width }) => {
    if (!formats.includes(format)) {
      formats.push(format)
      candidates[format] = []
    }
    candidates[format]!.push(`${url} ${width}w`)
  })
  return formats.map((format) => ({ format, contentType: `image/${format}`, srcset: candidates[format]!.join(', ') }))
}

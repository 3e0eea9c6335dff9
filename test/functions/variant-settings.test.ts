import { describe, expect, it } from 'vitest'
import { DEFAULT_VARIANTS, parseVariants, VariantSettingsError } from '../../functions/lib/variant-settings.ts'

describe('the setting of variants', () => {
  it('is by default WebP in four sizes, and one JPEG', () => {
    expect(parseVariants(DEFAULT_VARIANTS)).toEqual([
      { format: 'webp', longEdges: [1920, 1080, 480, 160] },
      { format: 'jpeg', longEdges: [1080] },
    ])
  })

  it('keeps the order of formats, and puts sizes largest first', () => {
    expect(parseVariants(' avif : 480 , 1920;webp:160;jpeg:1080')).toEqual([
      { format: 'avif', longEdges: [1920, 480] },
      { format: 'webp', longEdges: [160] },
      { format: 'jpeg', longEdges: [1080] },
    ])
  })

  it.each([
    ['', 'formats of avif, webp, jpeg, a colon and long edges'],
    ['webp', 'formats of avif, webp, jpeg, a colon and long edges'],
    ['webp:1080;', 'formats of avif, webp, jpeg, a colon and long edges'],
    ['png:1080', 'formats of avif, webp, jpeg, a colon and long edges'],
    ['webp:1080:480', 'formats of avif, webp, jpeg, a colon and long edges'],
    ['webp:', 'long edges of 1920, 1080, 480, 160 pixels'],
    ['webp:1081', 'long edges of 1920, 1080, 480, 160 pixels'],
    ['webp:1080,', 'long edges of 1920, 1080, 480, 160 pixels'],
    ['webp:1e3', 'long edges of 1920, 1080, 480, 160 pixels'],
    ['webp:480,480', 'each long edge once a format'],
    ['webp:480;jpeg:480;webp:160', 'each format once, not webp twice'],
  ])('%j is refused: expected %s', (text, expected) => {
    const parse = () => parseVariants(text)
    expect(parse).toThrow(VariantSettingsError)
    expect(parse).toThrow(`Variants must be ${expected}, e.g. ${DEFAULT_VARIANTS}; got "`)
  })
})

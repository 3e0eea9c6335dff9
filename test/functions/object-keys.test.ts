import { describe, expect, it } from 'vitest'
import { originalKey, parseOriginalKey, variantKey } from '../../functions/lib/object-keys.ts'

describe('object keys', () => {
  it('reads back the key of an original', () => {
    const original = { owner: 'a-b', id: '01J' }
    expect(originalKey(original)).toBe('originals/a-b/01J')
    expect(parseOriginalKey('originals/a-b/01J')).toEqual(original)
  })

  it.each(['originals/a', 'originals/a/b/c', 'processed/a/b', 'originals//b', 'originals/../b', 'originals/a b/c', ''])(
    'knows no original by the key %j',
    (key) => expect(parseOriginalKey(key)).toBeUndefined(),
  )

  it('refuses parts that reach out of their folder', () => {
    expect(() => originalKey({ owner: '../other', id: 'x' })).toThrow(RangeError)
    expect(() => originalKey({ owner: 'a', id: '' })).toThrow(RangeError)
    expect(() => variantKey('a/b', 160, 'webp')).toThrow(RangeError)
  })

  it('names a variant by its long edge', () => {
    expect(variantKey('m-_1', 1080, 'webp')).toBe('processed/m-_1/1080.webp')
  })
})

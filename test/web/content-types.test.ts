import { expect, it } from 'vitest'
import { UPLOAD_CONTENT_TYPES } from '../../resolvers/lib/limits.ts'
import { CHOOSABLE, CONTENT_TYPES, contentTypeOf, NAMED } from '../../web/explorer/content-types.ts'

it('the explorer offers what may be uploaded, and names it', () => {
  expect(CONTENT_TYPES).toEqual(UPLOAD_CONTENT_TYPES)
  expect(CHOOSABLE.split(',')).toEqual([...UPLOAD_CONTENT_TYPES, '.heic'])
  expect(NAMED).toBe('JPEG, PNG, WebP, GIF, AVIF, TIFF, or HEIC')
})

it.each([
  ['IMG_1.HEIC', '', 'image/heic'],
  ['IMG_1.heic', 'image/heic', 'image/heic'],
  ['photo.jpg', 'image/jpeg', 'image/jpeg'],
  ['notes', '', ''],
])('%s of the type "%s" is uploaded as "%s"', (name, type, contentType) => {
  expect(contentTypeOf({ name, type })).toBe(contentType)
})

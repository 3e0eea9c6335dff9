import { expect, it } from 'vitest'
import { readRemoval } from '../../functions/lib/removal-message.ts'
import { ID, MEDIA_KEY, OWNER } from './given.ts'

const IMAGE = { id: ID, owner: OWNER, mediaKey: MEDIA_KEY, wasShown: true }

it('says what is to be removed', () => {
  const message = { kind: 'deleted', images: [IMAGE] }
  expect(readRemoval(JSON.stringify(message))).toEqual(message)
})

it.each([
  'hello',
  '{}',
  JSON.stringify({ kind: 'moved', images: [IMAGE] }),
  JSON.stringify({ kind: 'deleted', images: [{ ...IMAGE, mediaKey: undefined }] }),
  JSON.stringify({ kind: 'deleted', images: [null] }),
])('is refused when it is none: %s', (body) => {
  expect(() => readRemoval(body)).toThrow(/expected a removal|is not valid JSON/)
})

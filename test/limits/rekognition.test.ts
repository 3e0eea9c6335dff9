import { expect, it } from 'vitest'
import * as limits from '../../local/rekognition/limits.ts'
import { readRequest } from '../../local/rekognition/request.ts'

const bytes = (length: number) => Buffer.alloc(length).toString('base64')
const read = (more: object = {}) => readRequest({ Image: { Bytes: bytes(1) }, ...more })

it('an image has MAX_IMAGE_BYTES and no more', () => {
  const sized = (length: number) => () => readRequest({ Image: { Bytes: bytes(length) } })
  expect(sized(limits.MAX_IMAGE_BYTES)).not.toThrow()
  expect(sized(limits.MAX_IMAGE_BYTES + 1)).toThrow(expect.objectContaining({ code: 'ValidationException' }))
})

it('MAX_LABELS are answered by default and at most', () => {
  expect(read().maxLabels).toBe(limits.MAX_LABELS)
  expect(read({ MaxLabels: limits.MAX_LABELS - 1 }).maxLabels).toBe(limits.MAX_LABELS - 1)
  expect(read({ MaxLabels: limits.MAX_LABELS + 1 }).maxLabels).toBe(limits.MAX_LABELS)
})

it('DEFAULT_MIN_CONFIDENCE and DEFAULT_DOMINANT_COLORS hold unless something else is asked for', () => {
  expect(read()).toMatchObject({
    minConfidence: limits.DEFAULT_MIN_CONFIDENCE, maxDominantColors: limits.DEFAULT_DOMINANT_COLORS,
  })
  const asked = {
    MinConfidence: limits.DEFAULT_MIN_CONFIDENCE - 1,
    Settings: { ImageProperties: { MaxDominantColors: limits.DEFAULT_DOMINANT_COLORS + 1 } },
  }
  expect(read(asked)).toMatchObject({
    minConfidence: limits.DEFAULT_MIN_CONFIDENCE - 1, maxDominantColors: limits.DEFAULT_DOMINANT_COLORS + 1,
  })
})

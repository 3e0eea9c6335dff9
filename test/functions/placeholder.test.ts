import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash'
import { describe, expect, it } from 'vitest'
import { makeThumbhash, THUMBHASH_SIDE_PX } from '../../functions/lib/placeholder.ts'
import { fromRaster, resizeRaster } from '../../functions/lib/raster.ts'
import { scene } from '../fixtures/scenes.ts'

/** Levels of a channel, of 255, that nobody sees in a blurred stand-in. */
const UNSEEN = 4

describe(`a placeholder of ${THUMBHASH_SIDE_PX} px`, () => {
  it.each([1, 2, 3])('of scene %i looks like one of 100 px, the most that a ThumbHash takes', async (seed) => {
    const large = await resizeRaster(scene(seed), { width: 100, height: 75 })
    const reference = rgbaToThumbHash(100, 75, await fromRaster(large).ensureAlpha().raw().toBuffer())
    const [wanted, got] = [reference, Buffer.from(makeThumbhash(scene(seed)), 'base64')].map(thumbHashToRGBA)
    expect([got!.w, got!.h]).toEqual([wanted!.w, wanted!.h])
    const off = got!.rgba.reduce((sum, level, at) => sum + Math.abs(level - wanted!.rgba[at]!), 0)
    expect(off / got!.rgba.length).toBeLessThan(UNSEEN)
  })

  it('is never enlarged to it', async () => {
    const tiny = await resizeRaster(scene(4), { width: 12, height: 9 })
    const rgba = await fromRaster(tiny).ensureAlpha().raw().toBuffer()
    expect(makeThumbhash(tiny)).toBe(Buffer.from(rgbaToThumbHash(12, 9, rgba)).toString('base64'))
  })
})

import { describe, expect, it } from 'vitest'
import { hasAlpha } from '../../functions/lib/has-alpha.ts'
import { withLongEdge } from '../../functions/lib/picture-sizes.ts'
import { fromRaster, resizeRaster, type Raster } from '../../functions/lib/raster.ts'
import { scene } from '../fixtures/scenes.ts'

/** A picture with an alpha channel of 255 but for the pixels named. */
function withAlpha(width: number, height: number, alphas: Record<number, number> = {}): Raster {
  const data = Buffer.alloc(width * height * 4, 255)
  for (const [pixel, alpha] of Object.entries(alphas)) data[Number(pixel) * 4 + 3] = alpha
  return { data, width, height, channels: 4, frames: 1 }
}

/** The pixels that describe a picture: the smallest of a cascade of resizes. */
async function smallest(raster: Raster): Promise<Raster> {
  let current = raster
  for (const longEdge of [1_080, 480, 160]) current = await resizeRaster(current, withLongEdge(raster, longEdge))
  return current
}

describe('has alpha', () => {
  it('is false without an alpha channel', () => {
    expect(hasAlpha(scene(1))).toBe(false)
  })

  it('is false with an alpha channel that is opaque throughout', () => {
    expect(hasAlpha(withAlpha(7, 5))).toBe(false)
  })

  it.each([[0, 254], [34, 0], [17, 128]])('is true when pixel %i has an alpha of %i', (pixel, alpha) => {
    expect(hasAlpha(withAlpha(7, 5, { [pixel]: alpha }))).toBe(true)
  })

  it('is true when a later frame lets something through', () => {
    const [opaque, open] = [withAlpha(7, 5), withAlpha(7, 5, { 3: 0 })]
    expect(hasAlpha({ ...opaque, data: Buffer.concat([opaque.data, open.data]), frames: 2 })).toBe(true)
  })

  it('is still false when an opaque picture of odd sides was made smaller, of any colours', async () => {
    const large = await resizeRaster(scene(2), { width: 1_931, height: 733 })
    const data = await fromRaster(large).ensureAlpha().raw().toBuffer()
    expect(hasAlpha(await smallest({ ...large, data, channels: 4 }))).toBe(false)
  })

  it('is still true when all but one pixel of a large picture are opaque', async () => {
    const [width, height] = [1_920, 1_080]
    const raster = await smallest(withAlpha(width, height, { [(height / 2) * width + 1_000]: 0 }))
    expect(raster.width).toBe(160)
    expect(hasAlpha(raster)).toBe(true)
  })

  it('agrees with what sharp says of the whole picture', async () => {
    for (const alpha of [255, 254]) {
      const raster = withAlpha(9, 9, { 40: alpha })
      expect(hasAlpha(raster)).toBe(!(await fromRaster(raster).stats()).isOpaque)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { MAX_MOVING_FRAMES, MAX_MOVING_PIXELS } from '../../functions/lib/picture-limits.ts'
import { planVariants } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'

const plan = (width: number, height: number, frames = 1, setting = DEFAULT_VARIANTS) =>
  planVariants({ size: { width, height }, frames }, parseVariants(setting))
/** Each variant as `webp 1920`, and with a `~` where it moves. */
const named = ({ variants }: ReturnType<typeof plan>) =>
  variants.map(({ format, size, moves }) => `${format} ${Math.max(size.width, size.height)}${moves ? '~' : ''}`)
const edges = (sizes: { width: number; height: number }[]) => sizes.map((size) => Math.max(size.width, size.height))

describe('the variants of a photograph', () => {
  it('are those that are set, format by format', () => {
    const photo = plan(4000, 3000, 1, 'avif:1920,480;webp:1080;jpeg:1080')
    expect(named(photo)).toEqual(['avif 1920', 'avif 480', 'webp 1080', 'jpeg 1080'])
    expect(photo).toMatchObject({ frames: 1, movingSizes: [] })
  })

  it('share their pixels, with what is labelled and what is described', () => {
    expect(edges(plan(4000, 3000).stillSizes)).toEqual([1920, 1080, 480, 160])
    expect(edges(plan(4000, 3000, 1, 'webp:480').stillSizes)).toEqual([1080, 480, 160])
    expect(edges(plan(300, 200).stillSizes)).toEqual([300, 160])
    expect(edges(plan(30, 20).stillSizes)).toEqual([30])
    expect(plan(4000, 3000).decoded).toEqual({ width: 1920, height: 1440 })
  })

  it('are none larger for a JPEG that Rekognition needs larger', () => {
    const strip = plan(20_000, 200)
    expect(edges(strip.stillSizes)).toEqual([8000, 1920, 1080, 480, 160])
    expect(named(strip)).toEqual(['webp 1920', 'webp 1080', 'webp 480', 'webp 160', 'jpeg 1080'])
  })
})

describe('the variants of an animation', () => {
  it('move in WebP, and the JPEG shows the first frame', () => {
    const animation = plan(600, 400, 10)
    expect(named(animation)).toEqual(['webp 600~', 'webp 480~', 'webp 160~', 'jpeg 600'])
    expect(animation.frames).toBe(10)
    expect([edges(animation.stillSizes), edges(animation.movingSizes)]).toEqual([[600], [600, 480, 160]])
  })

  it('are none in AVIF, which browsers would prefer, unless nothing moves anyhow', () => {
    expect(named(plan(600, 400, 10, 'avif:480;webp:480;jpeg:480'))).toEqual(['webp 480~', 'jpeg 480'])
    expect(plan(600, 400, 10, 'avif:480;jpeg:480')).toMatchObject({ frames: 1, movingSizes: [] })
    expect(named(plan(600, 400, 10, 'avif:480;jpeg:480'))).toEqual(['avif 480', 'jpeg 480'])
  })

  it('move up to the most frames, and show the first of one more', () => {
    expect(named(plan(100, 100, MAX_MOVING_FRAMES))).toEqual(['webp 100~', 'jpeg 100'])
    expect(named(plan(100, 100, MAX_MOVING_FRAMES + 1))).toEqual(['webp 100', 'jpeg 100'])
  })

  it('move as far as their pixels together are within the most; the largest are left out first', () => {
    const side = 480
    const small = 160
    const pixels = side * side + small * small
    const frames = Math.floor(MAX_MOVING_PIXELS / pixels)
    expect(named(plan(side, side, frames))).toEqual(['webp 480~', 'webp 160~', 'jpeg 480'])
    const more = plan(side, side, frames + 1)
    expect(named(more)).toEqual(['webp 160~', 'jpeg 480'])
    expect(more.decoded).toEqual({ width: side, height: side })
  })

  it('stand still when not even the smallest is within the most', () => {
    const still = plan(1080, 1080, 900, 'webp:1080,480')
    expect(named(still)).toEqual(['webp 1080', 'webp 480'])
    expect(still.frames).toBe(1)
  })
})

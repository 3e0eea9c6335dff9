import sharp from 'sharp'

/** Pictures drawn by code, each with one thing in it that pixels can carry. */
export type Rgb = [red: number, green: number, blue: number]

const WIDTH = 480
const HEIGHT = 320

/** A Lehmer generator, so that every run draws the same grain. Park and Miller 1988. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

export function draw(pixel: (x: number, y: number) => Rgb, width = WIDTH, height = HEIGHT): Promise<Buffer> {
  const rgb = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixel(x / width, y / height).forEach((value, channel) => {
        rgb[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, Math.round(value)))
      })
    }
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  [0, 1, 2].map((channel) => from[channel]! + (to[channel]! - from[channel]!) * share) as Rgb

const HORIZON = 0.55
const grain = (amount: number, random: () => number, color: Rgb): Rgb =>
  color.map((value) => value + (random() - 0.5) * amount) as Rgb

/** A clear sky, lighter towards the horizon, above ground of a colour and a grain. */
export function landscape(ground: Rgb, groundGrain: number): Promise<Buffer> {
  const random = randomFrom(11)
  return draw((_, y) =>
    y < HORIZON ? mix([70, 130, 205], [165, 200, 235], y / HORIZON) : grain(groundGrain, random, ground),
  )
}

export const stones = () => landscape([105, 95, 85], 160)
export const beach = () => landscape([214, 188, 140], 26)

/** Leaves: greens between olive and emerald, in patches of a few pixels. */
export function leaves(): Promise<Buffer> {
  return draw((x, y) => {
    const wave = Math.sin(x * 97 + Math.sin(y * 61) * 3) * Math.sin(y * 83 + Math.sin(x * 53) * 3)
    return mix([28, 62, 20], [130, 185, 60], (wave + 1) / 2)
  })
}

/** A low sun over dark hills. */
export function sundown(): Promise<Buffer> {
  const random = randomFrom(5)
  return draw((x, y) => {
    if (y >= HORIZON + 0.04 * Math.sin(x * 9)) return grain(30, random, [28, 24, 30])
    if (Math.hypot((x - 0.6) * 1.5, y - 0.48) < 0.05) return [255, 250, 225]
    return mix([80, 120, 190], [255, 165, 80], Math.min(1, Math.max(0, (y - 0.1) / 0.35)))
  })
}

/** Lit windows in the dark. */
export function lampsAtNight(): Promise<Buffer> {
  return draw((x, y) => {
    const isWindow = (x * 24) % 1 < 0.18 && (y * 16) % 1 < 0.2 && Math.floor(x * 24 + y * 16) % 2 === 0
    return isWindow ? [255, 220, 150] : mix([6, 8, 18], [22, 24, 36], y)
  })
}

/** Lines of strokes as thick and as near as letters. */
export function page(): Promise<Buffer> {
  return draw(
    (x, y) => {
      const isLine = (y * 20) % 1 < 0.5 && y > 0.08 && y < 0.92 && x > 0.06 && x < 0.9
      return isLine && (x * 90) % 1 < 0.4 ? [20, 20, 20] : [250, 250, 248]
    },
    900,
    600,
  )
}

export const colourless = () =>
  draw((x, y) => {
    const value = 40 + 180 * Math.abs(Math.sin(x * 7) * Math.cos(y * 5))
    return [value, value, value]
  })

/** Flat halves: a wall and a floor, or a flag; nothing that a label could rest on. */
export const flat = (top: Rgb, bottom: Rgb = top) => draw((_, y) => (y < 0.5 ? top : bottom))

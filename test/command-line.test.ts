import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawSeed, progressPrinter, runCommand, type Values } from './command-line.ts'

const KINDS = { images: 'number', photos: 'text', verbose: 'flag' } as const
const said: string[] = []

beforeEach(() => {
  said.length = 0
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line))
})
afterEach(() => vi.restoreAllMocks())

async function typed(...args: string[]) {
  const seen: Values<typeof KINDS>[] = []
  const code = await runCommand('the usage', KINDS, async (values) => seen.push(values) > 0, args)
  return { code, seen, said }
}

describe('the command line of a long run', () => {
  it('is read as numbers, texts and flags; what is not named is left to the run', async () => {
    const { code, seen } = await typed('--images', '12', '--photos', 'there', '--verbose')
    expect([code, seen]).toMatchObject([0, [{ images: 12, photos: 'there', verbose: true }]])
    expect((await typed()).seen).toMatchObject([{ images: undefined, photos: undefined, verbose: false }])
  })

  it('prints the usage for --help, and runs nothing', async () => {
    expect(await typed('--help', '--images', '12')).toEqual({ code: 0, seen: [], said: ['the usage'] })
  })

  it.each([
    [['--images', 'many'], '--images must be a whole number below a billion, got "many".'],
    [['--images', '1000000000'], '--images must be a whole number below a billion, got "1000000000".'],
    [['--imags', '1'], expect.stringMatching(/^Unknown option '--imags'[^\n]*$/)],
  ])('refuses %j in a line', async (args, line) => {
    expect(await typed(...args)).toEqual({ code: 1, seen: [], said: [line] })
  })

  it('ends with 1 when not all is well, and tells in a line why a run could not go on', async () => {
    expect(await runCommand('', {}, async () => false, [])).toBe(1)
    expect(await runCommand('', {}, () => Promise.reject(new Error('No Chromium.')), [])).toBe(1)
    expect(said).toEqual(['No Chromium.'])
  })

  it('draws seeds that are short to type', () => {
    const seeds = Array.from({ length: 100 }, drawSeed)
    expect(new Set(seeds).size).toBeGreaterThan(90)
    for (const seed of seeds) expect(String(seed)).toMatch(/^\d{1,6}$/)
  })
})

describe('progress', () => {
  /** What is printed of a run of which one more is done every so many milliseconds. */
  function toldOf(total: number, everyMs: number): string[] {
    let ms = 0
    const print = progressPrinter(total, () => ms)
    for (let done = 1; done <= total; done += 1) {
      ms += everyMs
      print(done, `${done} of ${total}`)
    }
    return said
  }

  it('is told twenty times at most', () => {
    expect(toldOf(1_000, 500)).toHaveLength(20)
    expect(said[0]).toBe('   25 s  50 of 1000')
    expect(said.at(-1)).toBe('  500 s  1000 of 1000')
  })

  it('is told of every one where there are few', () => {
    expect(toldOf(3, 1_000)).toEqual(['    1 s  1 of 3', '    2 s  2 of 3', '    3 s  3 of 3'])
  })

  it('is told once a second at most', () => {
    expect(toldOf(1_000, 3)).toEqual(['    1 s  334 of 1000', '    2 s  668 of 1000'])
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startLibrary, type Library } from '../../bench/lists/library.ts'
import { OWNER } from '../../bench/lists/library-items.ts'
import { listsOf, SMALLEST } from '../../bench/lists/lists.ts'

/** Enough that a list which read all, or a share of all, would cost more by far. */
const TIMES = 3

/** Read of each list, at most. */
const PAGES = 3

let folder: string
let small: Library
let large: Library

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-lists-'))
  const start = (images: number) =>
    startLibrary({ images, folder: join(folder, String(images)), assemblyDir: inject('assemblyDir') })
  small = await start(SMALLEST)
  large = await start(SMALLEST * TIMES)
})
afterAll(async () => {
  await small.stop()
  await large.stop()
  await rm(folder, { recursive: true })
})

describe('a page costs the same of a library three times the size', () => {
  it.each(listsOf(OWNER).map((list) => [list.name, list] as const))('%s', async (_name, list) => {
    const some = { ...list, pages: Math.min(list.pages, PAGES) }
    const { readUnits } = await small.read(some)
    expect(readUnits).toBeGreaterThan(0)
    expect((await large.read(some)).readUnits).toBe(readUnits)
  })
})

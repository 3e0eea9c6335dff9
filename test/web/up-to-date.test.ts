import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isUpToDate, stamp } from '../../web/up-to-date.ts'

/** When the source was written, in seconds since the epoch. */
const CHANGED_EPOCH_S = 1_000_000

describe('what was made is up to date', () => {
  let folder: string
  let source: string
  let stampFile: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darkroom-stamp-'))
    source = join(folder, 'main.ts')
    stampFile = join(folder, 'stamp.json')
    await writeFile(source, 'one')
    await utimes(source, CHANGED_EPOCH_S, CHANGED_EPOCH_S)
    await stamp(stampFile, { sources: [source], results: [], begunEpochMs: CHANGED_EPOCH_S * 1_000 + 1 })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('as long as no file has changed', async () => {
    expect(await isUpToDate(stampFile)).toBe(true)
  })

  it('but is never taken for it when a source changed while it was made', async () => {
    await rm(stampFile)
    await stamp(stampFile, { sources: [source], results: [], begunEpochMs: CHANGED_EPOCH_S * 1_000 })
    expect(await isUpToDate(stampFile)).toBe(false)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a file is longer', () => writeFile(source, 'one and two')],
    ['a file was written at another time', () => utimes(source, 1, 1)],
    ['a file is gone', () => rm(source)],
    ['the stamp is gone', () => rm(stampFile)],
    ['the stamp was written half', () => writeFile(stampFile, '{"')],
  ])('and no longer when %s', async (_, change) => {
    await change()
    expect(await isUpToDate(stampFile)).toBe(false)
  })
})

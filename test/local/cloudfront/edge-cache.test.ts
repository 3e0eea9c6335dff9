import { describe, expect, it } from 'vitest'
import { EdgeCache } from '../../../local/cloudfront/edge-cache.ts'
import { MAX_EDGE_CACHE_BYTES } from '../../../local/cloudfront/limits.ts'

/** Path, key and headers (`{}`) of what is kept in these tests. */
const OVERHEAD_BYTES = '/a'.length + '/a'.length + '{}'.length

function givenCache() {
  const cache = new EdgeCache(() => 0)
  const keep = (path: string, inMemoryBytes: number, how: { ttlSeconds: number | undefined } = { ttlSeconds: 60 }) =>
    cache.fetch(path, path, async () => ({ what: { headers: {}, inMemoryBytes }, sinceMs: 0, ...how }))
  const kept = (...paths: string[]) => paths.filter((path) => cache.find(path) !== undefined)
  return { keep, kept }
}

describe('the edge cache', () => {
  it('keeps 64 MiB with keys and headers, and nothing that is a byte larger', async () => {
    const { keep, kept } = givenCache()
    await keep('/a', MAX_EDGE_CACHE_BYTES - OVERHEAD_BYTES)
    expect(kept('/a')).toEqual(['/a'])
    await keep('/b', MAX_EDGE_CACHE_BYTES - OVERHEAD_BYTES + 1)
    expect(kept('/a', '/b')).toEqual(['/a'])
  })

  it('lets what was not asked for the longest go first', async () => {
    const { keep, kept } = givenCache()
    const half = MAX_EDGE_CACHE_BYTES / 2 - OVERHEAD_BYTES
    await keep('/a', half)
    await keep('/b', half)
    expect(kept('/a')).toEqual(['/a'])
    await keep('/c', half)
    expect(kept('/a', '/b', '/c')).toEqual(['/a', '/c'])
  })

  it('drops what is not to be kept any more', async () => {
    const { keep, kept } = givenCache()
    await keep('/a', 1)
    await keep('/a', 1, { ttlSeconds: undefined })
    expect(kept('/a')).toEqual([])
  })

  it.each([
    ['has one ask for all who want the same', { ttlSeconds: 0 }, [false, true], 1],
    ['has each ask for what is not to be kept', { ttlSeconds: undefined }, [false, false], 2],
  ])('%s', async (_what, how, shared, times) => {
    const cache = new EdgeCache(() => 0)
    let asked = 0
    const ask = async () => {
      asked += 1
      return { what: { headers: {} }, sinceMs: 0, ...how }
    }
    const both = await Promise.all([cache.fetch('/a', '/a', ask), cache.fetch('/a', '/a', ask)])
    expect(both.map(({ isShared }) => isShared)).toEqual(shared)
    expect(asked).toBe(times)
  })

  it('does not keep what was under way when it was forgotten, nor hand it to who asks after that', async () => {
    const cache = new EdgeCache(() => 0)
    let arrive = (): void => undefined
    const arrived = new Promise<void>((resolve) => (arrive = resolve))
    const what = { headers: {} }
    const before = cache.fetch('/a', '/a', async () => {
      await arrived
      return { what, ttlSeconds: 60, sinceMs: 1 }
    })
    cache.forget(['/a'])
    const after = await cache.fetch('/a', '/a', async () => ({ what, ttlSeconds: 60, sinceMs: 2 }))
    arrive()
    expect((await before).fetched.sinceMs).toBe(1)
    expect(after).toMatchObject({ fetched: { sinceMs: 2 }, isShared: false })
    expect(cache.find('/a')?.sinceMs).toBe(2)
  })
})

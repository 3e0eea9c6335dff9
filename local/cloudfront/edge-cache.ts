import type { OutgoingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'
import { MAX_EDGE_CACHE_BYTES } from './limits.ts'

/** What a key holds: something with headers, and perhaps with bytes in memory. */
interface Cacheable {
  headers: OutgoingHttpHeaders
  /** Bytes of the body that are in memory; undefined for none. */
  inMemoryBytes?: number
}

/** What a look at the origin has brought. */
export interface Fetched<What extends Cacheable> {
  what: What
  /** How long it is kept, in seconds; undefined for not at all. */
  ttlSeconds: number | undefined
  /** When the origin said so, in milliseconds since the epoch. */
  sinceMs: number
}

/** What is kept under a key. */
export interface Kept<What extends Cacheable> extends Fetched<What> {
  /** As the viewer asked, without the query. */
  path: string
  freshUntilMs: number
}

interface UnderWay<What extends Cacheable> {
  path: string
  fetched: Promise<Fetched<What>>
  isForgotten: boolean
}

const MS_PER_SECOND = 1_000

/**
 * What the distribution's edge remembers, in memory alone: least recently used goes first. Of several requests for the
 * same key one asks the origin, and the others wait for it.
 */
export class EdgeCache<What extends Cacheable> {
  private readonly kept = new LRUCache<string, Kept<What>>({
    maxSize: MAX_EDGE_CACHE_BYTES,
    sizeCalculation: sizeOf,
  })

  private readonly underWay = new Map<string, UnderWay<What>>()

  constructor(private readonly now: () => number) {}

  /** What lies there, whether it is fresh or not. */
  find(key: string): Kept<What> | undefined {
    return this.kept.get(key)
  }

  isFresh({ freshUntilMs }: Kept<What>): boolean {
    return this.now() < freshUntilMs
  }

  /**
   * Asks the origin and keeps what it says, unless it is forgotten meanwhile.
   * @param ask never rejects
   * @returns what was fetched, and whether it was for another request
   */
  async fetch(
    key: string,
    path: string,
    ask: () => Promise<Fetched<What>>,
  ): Promise<{ fetched: Fetched<What>; isShared: boolean }> {
    const other = this.underWay.get(key)
    if (other) {
      const fetched = await other.fetched
      // What is not kept was meant for the other one alone.
      if (fetched.ttlSeconds !== undefined) return { fetched, isShared: true }
      return { fetched: await ask(), isShared: false }
    }
    const own: UnderWay<What> = { path, fetched: ask(), isForgotten: false }
    this.underWay.set(key, own)
    const fetched = await own.fetched
    if (this.underWay.get(key) === own) this.underWay.delete(key)
    if (!own.isForgotten) this.keep(key, path, fetched)
    return { fetched, isShared: false }
  }

  /** Forgets what these paths of an invalidation name, and what is on its way from the origin for them. */
  forget(paths: string[]): void {
    const isNamed = namedBy(paths)
    for (const [key, { path }] of [...this.kept.entries()]) if (isNamed(path)) this.kept.delete(key)
    for (const [key, fetching] of this.underWay) {
      if (!isNamed(fetching.path)) continue
      fetching.isForgotten = true
      this.underWay.delete(key)
    }
  }

  private keep(key: string, path: string, fetched: Fetched<What>): void {
    const { ttlSeconds } = fetched
    // What is too large is not kept, and what it replaces is dropped: lru-cache does both.
    if (ttlSeconds === undefined) this.kept.delete(key)
    else this.kept.set(key, { ...fetched, path, freshUntilMs: this.now() + ttlSeconds * MS_PER_SECOND })
  }
}

function sizeOf({ what, path }: Kept<Cacheable>, key: string): number {
  const { headers, inMemoryBytes = 0 } = what
  return Buffer.byteLength(key + path + JSON.stringify(headers)) + inMemoryBytes
}

/** All spellings of a path are the same file: `%61` and `a`. */
function namedBy(paths: string[]): (path: string) => boolean {
  const files = new Set(paths.filter((path) => !path.endsWith('*')).map(decode))
  const prefixes = paths.filter((path) => path.endsWith('*')).map((path) => decode(path.slice(0, -1)))
  return (path) => {
    const decoded = decode(path)
    return files.has(decoded) || prefixes.some((prefix) => decoded.startsWith(prefix))
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

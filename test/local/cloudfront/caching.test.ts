import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { S3Error } from '../../../local/s3/errors.ts'
import { defaultBehavior } from './given.ts'
import { resultOf, startCachingEdge, type CachingEdge } from './given-origin.ts'

const KEY = 'processed/m3di4/1080.webp'
const PATH = `/${KEY}`
const YEAR = 'public, max-age=31536000, immutable'
const MINUTE = 'max-age=60'
const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const down = new S3Error('InternalError', 'We encountered an internal error. Please try again.')

let edge: CachingEdge
beforeEach(async () => {
  edge = await startCachingEdge()
})
afterEach(() => edge.stop())

/** Gets once and again. @returns how each was served */
async function results(path: string, times: number): Promise<(string | undefined)[]> {
  const all: (string | undefined)[] = []
  for (let time = 0; time < times; time += 1) all.push(resultOf(await edge.get(path)))
  return all
}

describe('what has been served before', () => {
  beforeEach(() => edge.put(KEY, '0123456789', { 'cache-control': YEAR, 'content-type': 'image/webp' }))

  it('comes from the cache, with its headers, and says how old it is', async () => {
    const first = await edge.get(PATH)
    expect([resultOf(first), first.headers.age]).toEqual(['Miss', undefined])
    edge.remove(KEY)
    edge.clock.advance(MINUTE_MS + SECOND_MS / 2)
    const second = await edge.get(PATH)
    expect([second.status, second.text, resultOf(second), second.headers.age]).toEqual([200, '0123456789', 'Hit', '60'])
    expect(second.headers).toMatchObject({
      'cache-control': YEAR, 'content-type': 'image/webp', 'content-length': '10', etag: '"0123456789"',
      'x-frame-options': 'DENY',
    })
    expect(edge.asked).toEqual([KEY])
  })

  it('serves ranges, HEAD and conditions, whatever brought it there', async () => {
    const part = await edge.get(PATH, { range: 'bytes=2-4' })
    expect([part.status, part.text, resultOf(part)]).toEqual([206, '234', 'Miss'])
    const other = await edge.get(PATH, { range: 'bytes=-3' })
    expect([other.status, other.text, resultOf(other), other.headers['content-range']])
      .toEqual([206, '789', 'Hit', 'bytes 7-9/10'])
    const head = await edge.get(PATH, {}, 'HEAD')
    expect([head.status, head.headers['content-length'], resultOf(head)]).toEqual([200, '10', 'Hit'])
    const known = await edge.get(PATH, { 'if-none-match': '"0123456789"' })
    expect([known.status, known.text, resultOf(known)]).toEqual([304, '', 'Hit'])
    const beyond = await edge.get(PATH, { range: 'bytes=10-' })
    expect([beyond.status, resultOf(beyond)]).toEqual([416, 'Error'])
    const changed = await edge.get(PATH, { 'if-match': '"other"' })
    expect([changed.status, resultOf(changed)]).toEqual([412, 'Error'])
    expect(resultOf(await edge.get(PATH))).toBe('Hit')
    expect(edge.asked).toEqual([KEY])
  })

  it('after a HEAD alone serves HEAD alone', async () => {
    for (const [method, result] of [['HEAD', 'Miss'], ['HEAD', 'Hit'], ['GET', 'Miss'], ['GET', 'Hit']] as const) {
      const answer = await edge.get(PATH, {}, method)
      expect([method, resultOf(answer), answer.text.length]).toEqual([method, result, method === 'GET' ? 10 : 0])
    }
  })

  it('is the same for every query and every page, each with its own CORS headers', async () => {
    expect((await edge.get(`${PATH}?v=1`)).headers).not.toHaveProperty('access-control-allow-origin')
    const answer = await edge.get(`${PATH}?v=2`, { origin: 'https://gallery.example' })
    expect([resultOf(answer), answer.headers['access-control-allow-origin']]).toEqual(['Hit', '*'])
    expect((await edge.get(PATH)).headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('is another for each of the codings that the policy tells apart', async () => {
    for (const [accepted, result] of [
      ['gzip, deflate', 'Miss'], ['gzip;q=0.5', 'Hit'], ['gzip, br', 'Miss'], ['br, gzip, zstd', 'Hit'],
      ['zstd', 'Miss'],
    ] as const) {
      expect([accepted, resultOf(await edge.get(PATH, { 'accept-encoding': accepted }))]).toEqual([accepted, result])
    }
  })

  it('is asked for once by those who ask at the same time', async () => {
    let goOn = (): void => undefined
    edge.origin.holds = new Promise((resolve) => (goOn = resolve))
    const answers = [1, 2, 3].map(() => edge.get(PATH))
    await edge.askedTimes(1)
    goOn()
    const all = await Promise.all(answers)
    expect(all.map(({ text }) => text)).toEqual(Array(3).fill('0123456789'))
    expect(all.map(resultOf).sort()).toEqual(['Hit', 'Hit', 'Miss'])
    expect(edge.asked).toEqual([KEY])
  })
})

describe('what has expired', () => {
  beforeEach(async () => {
    edge.put(KEY, 'old', { 'cache-control': MINUTE })
    await edge.get(PATH)
    edge.clock.advance(MINUTE_MS - 1)
    expect(await results(PATH, 1)).toEqual(['Hit'])
    edge.clock.advance(1)
  })

  it('is served on when the origin says that it is still good', async () => {
    const answer = await edge.get(PATH)
    expect([answer.text, resultOf(answer), answer.headers.age]).toEqual(['old', 'RefreshHit', undefined])
    edge.clock.advance(MINUTE_MS - 1)
    expect(await results(PATH, 1)).toEqual(['Hit'])
    expect(edge.asked).toEqual([KEY, KEY])
  })

  it('gives way to what is there now', async () => {
    edge.put(KEY, 'new', { 'cache-control': MINUTE })
    const answer = await edge.get(PATH)
    expect([answer.text, resultOf(answer)]).toEqual(['new', 'Miss'])
    expect(await results(PATH, 1)).toEqual(['Hit'])
  })

  it('is gone when the origin has it no more', async () => {
    edge.remove(KEY)
    const answer = await edge.get(PATH)
    expect([answer.status, resultOf(answer)]).toEqual([404, 'Error'])
  })

  it('is served on while the origin fails, which is asked again every ten seconds', async () => {
    edge.origin.fails = down
    const answer = await edge.get(PATH)
    expect([answer.status, answer.text, resultOf(answer), answer.headers.age]).toEqual([200, 'old', 'Hit', '60'])
    edge.clock.advance(9_999)
    await edge.get(PATH)
    expect(edge.asked).toHaveLength(2)
    edge.clock.advance(1)
    edge.origin.fails = undefined
    expect(await results(PATH, 1)).toEqual(['RefreshHit'])
  })
})

describe('an error', () => {
  it('of S3 that somebody may not read is not kept', async () => {
    edge.origin.fails = new S3Error('AccessDenied', 'Access Denied')
    expect(await results(PATH, 2)).toEqual(['Error', 'Error'])
    expect(edge.asked).toHaveLength(2)
    edge.origin.fails = undefined
    edge.put(KEY, 'there')
    expect(await results(PATH, 1)).toEqual(['Miss'])
  })

  it('of this machine is told, and not kept', async () => {
    edge.origin.fails = new Error('the disk is full')
    expect((await edge.get(PATH)).status).toBe(500)
    edge.origin.fails = undefined
    edge.put(KEY, 'there')
    expect(await results(PATH, 1)).toEqual(['Miss'])
  })

  it.each([['that there is no such key', undefined, 404], ['that S3 failed', down, 500]])(
    '%s is kept for ten seconds',
    async (_what, error, status) => {
      edge.origin.fails = error
      expect((await edge.get(PATH)).status).toBe(status)
      edge.origin.fails = undefined
      edge.put(KEY, 'there')
      edge.clock.advance(9_999)
      const answer = await edge.get(PATH)
      expect([answer.status, resultOf(answer), answer.headers.age]).toEqual([status, 'Error', '9'])
      edge.clock.advance(1)
      expect(await results(PATH, 1)).toEqual(['Miss'])
    },
  )

  it('is kept for as long as the distribution says, and its page is told to be one', async () => {
    await edge.stop()
    const page = { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/missing.html', ErrorCachingMinTTL: 300 }
    edge = await startCachingEdge({ CustomErrorResponses: [page] })
    edge.put('missing.html', 'missing')
    for (let time = 0; time < 2; time += 1) {
      const answer = await edge.get(PATH)
      expect([answer.status, answer.text, resultOf(answer)]).toEqual([200, 'missing', 'Error'])
    }
    expect(edge.asked).toEqual([KEY, 'missing.html'])
    edge.clock.advance(300 * SECOND_MS)
    await edge.get(PATH)
    expect(edge.asked).toEqual([KEY, 'missing.html', KEY])
  })
})

describe('where caching is disabled', () => {
  it('every request goes to the bucket, that for an error too', async () => {
    await edge.stop()
    const CachePolicyId = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
    edge = await startCachingEdge({ DefaultCacheBehavior: { ...defaultBehavior, CachePolicyId } })
    edge.put(KEY, 'there', { 'cache-control': YEAR })
    expect(await results(PATH, 2)).toEqual(['Miss', 'Miss'])
    expect(await results('/absent', 2)).toEqual(['Error', 'Error'])
    expect(edge.asked).toHaveLength(4)
  })
})

describe('an invalidation', () => {
  const files = ['a/1', 'a/2', 'b/1', 'b/A']
  beforeEach(async () => {
    for (const key of files) {
      edge.put(key, key, { 'cache-control': YEAR })
      await edge.get(`/${key}`)
    }
  })

  const served = async () => Promise.all(files.map(async (key) => resultOf(await edge.get(`/${key}`))))

  it.each([
    ['a file', ['/a/1'], ['Miss', 'Hit', 'Hit', 'Hit']],
    ['files', ['/a/1', '/b/A'], ['Miss', 'Hit', 'Hit', 'Miss']],
    ['a folder', ['/a/*'], ['Miss', 'Miss', 'Hit', 'Hit']],
    ['everything', ['/*'], ['Miss', 'Miss', 'Miss', 'Miss']],
    ['another case', ['/b/a', '/A*'], ['Hit', 'Hit', 'Hit', 'Hit']],
    ['what is not there', ['/a', '/c/*'], ['Hit', 'Hit', 'Hit', 'Hit']],
    ['another spelling', ['/%61/1'], ['Miss', 'Hit', 'Hit', 'Hit']],
  ])('of %s has it forgotten, and nothing else', async (_what, paths, results) => {
    edge.invalidate('one', ...paths)
    expect(await served()).toEqual(results)
  })

  it('is followed by what the bucket says then, whoever asks how', async () => {
    await edge.get('/a/1', { 'accept-encoding': 'gzip' })
    edge.remove('a/1')
    expect(resultOf(await edge.get('/a/1'))).toBe('Hit')
    edge.invalidate('one', '/a/1')
    for (const [headers, method] of [[{}, 'GET'], [{ 'accept-encoding': 'gzip' }, 'GET'], [{}, 'HEAD']] as const) {
      expect((await edge.get('/a/1', headers, method)).status).toBe(404)
    }
  })

  it('has an error forgotten too', async () => {
    await edge.get('/late')
    edge.put('late', 'there')
    expect((await edge.get('/late')).status).toBe(404)
    edge.invalidate('one', '/late')
    expect((await edge.get('/late')).text).toBe('there')
  })

  it('reaches what the origin was asked for before and answers after', async () => {
    edge.put('slow', 'old')
    let goOn = (): void => undefined
    edge.origin.holds = new Promise((resolve) => (goOn = resolve))
    const before = edge.get('/slow')
    await edge.askedTimes(files.length + 1)
    edge.put('slow', 'new')
    edge.invalidate('one', '/slow')
    const after = edge.get('/slow')
    await edge.askedTimes(files.length + 2)
    goOn()
    expect([(await before).text, (await after).text]).toEqual(['old', 'new'])
    const later = await edge.get('/slow')
    expect([later.text, resultOf(later)]).toEqual(['new', 'Hit'])
  })

  it('is done once: the same batch again leaves what came meanwhile', async () => {
    edge.invalidate('one', '/a/1')
    expect(resultOf(await edge.get('/a/1'))).toBe('Miss')
    edge.invalidate('one', '/a/1')
    expect(resultOf(await edge.get('/a/1'))).toBe('Hit')
  })

  it('of the root is one of the default root object', async () => {
    await edge.stop()
    edge = await startCachingEdge({ DefaultRootObject: 'index.html' })
    edge.put('index.html', 'index')
    expect([...(await results('/', 1)), ...(await results('/index.html', 1))]).toEqual(['Miss', 'Hit'])
    edge.invalidate('one', '/')
    expect(await results('/index.html', 1)).toEqual(['Miss'])
    edge.invalidate('two', '/index.html')
    expect(await results('/', 1)).toEqual(['Miss'])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executeAsOperator } from '../../client/operator-graphql.ts'
import { RECORD_IMAGE_PROCESSED } from '../../generated/back-end-mutations.ts'
import { LOG_DELIVERY_MS } from '../../local/cloudfront/access-log.ts'
import { accessLog, variantPath } from './access-logs.ts'
import { deliverAll, imageIdOf, mediaKeyOf, planDeliveries } from './deliveries.ts'
import { givenViewedCloud, type ViewedCloud } from './given-viewed-cloud.ts'

const ID = '01JAR000000000000000000001'
const MEDIA_KEY = 'AAECAwQFBgcICQoLDA0ODw'

/** Seeds that are tried when none is given. */
const SEEDS = 10_000

let given: ViewedCloud
let path: string
beforeAll(async () => {
  given = await givenViewedCloud()
  path = await given.storeImage(ID, MEDIA_KEY)
})
afterAll(() => given.stop())

/** Asks the CDN, and waits until it has written that down. @returns the status, and where the answer came from */
async function fetchFromCdn(url: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(given.cloud.endpoints.cloudfront + url, init)
  await answer.arrayBuffer()
  await given.line('A request was logged')
  return `${answer.status} ${answer.headers.get('x-cache')}`
}

describe('an image that somebody looks at', () => {
  it('is told to have been, to its owner, once the log file is counted', async () => {
    expect(await given.viewsOf(ID)).toEqual({ views: 0, lastViewedAt: null, version: 3 })
    expect(await fetchFromCdn(path)).toBe('200 Miss from cloudfront')
    expect(await fetchFromCdn(path, { headers: { range: 'bytes=4-8' } })).toBe('206 Hit from cloudfront')
    expect(await fetchFromCdn(path, { headers: { range: 'bytes=0-3' } })).toBe('206 Hit from cloudfront')
    expect(await fetchFromCdn(path, { method: 'HEAD' })).toBe('200 Hit from cloudfront')
    expect(await fetchFromCdn(path.replace('4.webp', '5.webp'))).toBe('403 Error from cloudfront')
    const lookedAt = `${new Date(given.clock.now()).toISOString().slice(0, -'.000Z'.length)}.000Z`
    expect(await given.viewsOf(ID)).toMatchObject({ views: 0 })

    given.clock.advance(LOG_DELIVERY_MS)
    await given.line('log file counted')
    expect(await given.viewsOf(ID)).toEqual({ views: 2, lastViewedAt: lookedAt, version: 3 })
    expect(await given.logFiles()).toEqual([])
  })

  it('is told of to nobody else', async () => {
    await given.query('mutation ($id: ID!) { updateImage(input: { id: $id, visibility: PUBLIC }) { id } }', { id: ID })
    const asGuest = async <T>(query: string, variables = {}): Promise<T> => {
      const headers = { 'content-type': 'application/json', 'x-api-key': given.cloud.assembly.outputs.GuestApiKey! }
      const body = JSON.stringify({ query, variables })
      return ((await (await fetch(given.graphqlUrl, { method: 'POST', headers, body })).json()) as { data: T }).data
    }
    expect(await given.viewsOf(ID, asGuest)).toEqual({ views: null, lastViewedAt: null, version: 4 })
    expect(await given.viewsOf(ID)).toMatchObject({ views: 2, version: 4 })
  })

  it('counts no more when the same log file comes again, and on with the next one', async () => {
    const file = (hour: number): string => `EDARKROOM.2026-11-20-0${hour}.abcd1234.gz`
    const log = (second: number): string => accessLog([{ path, at: new Date(Date.UTC(2040, 0, 1, 0, 0, second)) }])
    for (const [key, text, views] of [[file(1), log(7), 3], [file(1), log(7), 3], [file(2), log(5), 4]] as const) {
      await given.putLogFile(key, text)
      expect(await given.line('log file counted')).toContain(key)
      expect(await given.viewsOf(ID)).toMatchObject({ views, lastViewedAt: '2040-01-01T00:00:07.000Z', version: 4 })
    }
  })

  it('is still counted by its old media key once it is made anew; a media key of no image is passed over', async () => {
    const keys = { mediaKey: 'BBECAwQFBgcICQoLDA0ODw', replacesMediaKey: MEDIA_KEY }
    const input = { id: ID, owner: given.owner, status: 'PROCESSING', claim: 'a', ...keys }
    await executeAsOperator(given.graphqlUrl, given.operator, RECORD_IMAGE_PROCESSED, { input })
    await given.putLogFile('late.gz', accessLog([{ path, at: new Date(0) }]))
    await given.line('log file counted')
    expect(await given.viewsOf(ID)).toMatchObject({ views: 5, lastViewedAt: '2040-01-01T00:00:07.000Z' })

    const strangers = accessLog([{ path: variantPath('ZZECAwQFBgcICQoLDA0ODw'), at: new Date(0) }])
    await given.putLogFile('strangers.gz', strangers)
    expect(await given.line('log file counted')).toContain('strangers.gz')
    expect(await given.logFiles()).toEqual([])
  })
})

describe('log files that come more than once, at the same time and interrupted', () => {
  const seed = Number(process.env.VIEWS_SEED ?? Date.now() % SEEDS)

  it(`are counted once each (VIEWS_SEED=${seed})`, async () => {
    const plan = planDeliveries(seed)
    for (const image of plan.images) await given.storeImage(imageIdOf(image), mediaKeyOf(image))
    await deliverAll(plan, given)
    for (const image of plan.images) {
      const { views, lastViewedAt } = plan.expected(image)
      expect(await given.viewsOf(imageIdOf(image))).toEqual({ views, lastViewedAt, version: 3 })
    }
  })
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../../local/clock.ts'
import { startCloud, type Cloud } from '../../local/cloud.ts'
import { silentLog } from '../../local/log.ts'
import { ask, execute, start } from './execute.ts'
import { EXPECTATIONS, FIELDS } from './expectations.ts'
import { givenCallers, type Callers } from './given-callers.ts'
import { storeImages } from './given-images.ts'
import { matrixDocument } from './matrix-document.ts'
import { operationFor } from './operations.ts'
import { PRINCIPAL_NAMES } from './principals.ts'
import { fieldsOf } from './schema-fields.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const TWO_HOURS_MS = 7_200_000

let dataDir: string
let cloud: Cloud
let given: Callers
beforeAll(async () => {
  let agoMs = 0
  const clock = { now: () => Date.now() - agoMs, after: systemClock.after }
  dataDir = await mkdtemp(join(tmpdir(), 'darkroom-access-'))
  cloud = await startCloud({ assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: silentLog, clock })
  given = await givenCallers(cloud, async (work) => {
    agoMs = TWO_HOURS_MS
    const result = await work()
    agoMs = 0
    return result
  })
  await storeImages(cloud, given)
})
afterAll(async () => {
  await cloud?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('the matrix', () => {
  it('has a row for every field of Query, Mutation, Subscription and Image, and none for any other', () => {
    const coordinates = ['Query', 'Mutation', 'Subscription', 'Image'].flatMap((typeName) =>
      fieldsOf(typeName).map(({ name }) => `${typeName}.${name}`))
    expect(new Set(FIELDS.map((field) => field.split(',')[0]))).toEqual(new Set(coordinates))
  })

  it.each(FIELDS)('of %s has a cell for every caller', (field) => {
    expect(Object.keys(EXPECTATIONS[field]).sort()).toEqual([...PRINCIPAL_NAMES].sort())
  })

  it('is what docs/access.md shows', async () => {
    const shown = await readFile(join(ROOT, 'docs/access.md'), 'utf8')
    expect(shown, 'stale: run npx tsx test/access/write-matrix.ts').toBe(matrixDocument())
  })
})

describe.each(PRINCIPAL_NAMES)('to %s', (principal) => {
  it.each(FIELDS)('%s', async (field) => {
    const operation = operationFor(field, principal, given.owner)
    expect(await execute(cloud, given.callers[principal], operation)).toEqual(EXPECTATIONS[field][principal])
  })
})

describe('one user', () => {
  it("hears of their own images, and not of another's", async () => {
    const { callers, owner, other } = given
    const QUERY = 'subscription { onImageProcessed { id owner } }'
    const [owners, others] = [await start(cloud, callers.owner, QUERY), await start(cloud, callers.otherUser, QUERY)]
    const upload = '{ fileName: "a.jpg", contentType: "image/jpeg", byteSize: 1 }'
    for (const [caller, sub] of [[callers.owner, owner], [callers.otherUser, other]] as const) {
      const asked = await ask(cloud, caller, `mutation { requestUpload(input: ${upload}) { image { id } } }`)
      const { id } = (asked.body.data as { requestUpload: { image: { id: string } } }).requestUpload.image
      await ask(cloud, callers.backEnd, `mutation { recordImageProcessed(input: {
        id: "${id}", owner: "${sub}", status: REJECTED, failure: { code: "A", message: "B", retryable: false }
      }) { id owner status } }`)
    }
    expect(await others.next()).toMatchObject({ onImageProcessed: { owner: other } })
    expect(await owners.next()).toMatchObject({ onImageProcessed: { owner } })
    for (const { close } of [owners, others]) close()
  })

  it("lists their own images, and not another's", async () => {
    const list = async (caller: typeof given.callers.owner) => {
      const { body } = await ask(cloud, caller, 'query { images(limit: 100) { items { owner } } }')
      return (body.data as { images: { items: { owner: string }[] } }).images.items.map((item) => item.owner)
    }
    expect(new Set(await list(given.callers.owner))).toEqual(new Set([given.owner]))
    expect(await list(given.callers.otherUser)).toEqual([])
  })

  it("can't go on in another's list: a nextToken is good for its own caller", async () => {
    const { body } = await ask(cloud, given.callers.owner, 'query { images(limit: 1) { nextToken } }')
    const { nextToken } = (body.data as { images: { nextToken: string } }).images
    const goOn = (caller: typeof given.callers.owner, token: string) =>
      ask(cloud, caller, `query { images(limit: 1, nextToken: "${token}") { items { id } } }`)
    expect((await goOn(given.callers.owner, nextToken)).body.errors).toBeUndefined()
    for (const [caller, token] of [
      [given.callers.otherUser, nextToken],
      [given.callers.owner, `${nextToken.slice(0, -2)}AA`],
      [given.callers.owner, 'forged'],
    ] as const) {
      expect((await goOn(caller, token)).body).toMatchObject({
        data: null, errors: [{ errorType: 'InvalidNextToken', message: expect.stringContaining('nextToken must be') }],
      })
    }
  })
})

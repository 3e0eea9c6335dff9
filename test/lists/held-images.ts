import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listHeldImages } from '../../client/held-images.ts'
import type { Image } from '../../generated/graphql.ts'
import type { GivenLists, User } from './given-lists.ts'
import { develop, givenImages, newestFirst, refusalOf, remove, type Outcome } from './images.ts'

const GORE = { name: 'Gore', confidence: 91, parentName: null }
const HELD: Outcome = { moderationStatus: 'HELD', moderationLabels: [GORE] }
const RECORD_LABELS = 'mutation ($input: RecordImageLabelsInput!) { recordImageLabels(input: $input) { id } }'

export function describeHeldImages(given: () => GivenLists): void {
  describe('heldImages', () => {
    let user: User
    let other: User
    let operator: S3Client
    let held: string[]
    let unavailable: string
    beforeAll(async () => {
      ;[user, other] = [await given().newUser(), await given().newUser()]
      const { cloud } = given()
      operator = new S3Client({ region: cloud.assembly.region, credentials: cloud.credentialsFor('operator') })
      held = await givenImages(given(), user, [HELD, HELD, HELD])
      await givenImages(given(), user, [{ moderationStatus: 'CLEARED' }, { moderationStatus: 'PENDING' }, {}])
      ;[unavailable] = (await givenImages(given(), other, [{ moderationStatus: 'UNAVAILABLE' }])) as [string]
    })
    afterAll(() => operator.destroy())

    const list = (limit?: number) => listHeldImages(`${given().cloud.endpoints.appsync}/graphql`, operator, limit)
    const ids = async () => (await list()).map(({ id }) => id)
    const decide = (id: string, { owner }: User, moderationStatus: string) =>
      given().backEnd(RECORD_LABELS, { input: { id, owner, moderationStatus, decidedByOperator: true } })

    it('lists what is held back, of all owners and newest first, on one page as on many', async () => {
      expect(await ids()).toEqual(newestFirst([...held, unavailable]))
      expect(await list(1)).toEqual(await list())
    })

    it('gives the operator the variants that the owner is not given, and why', async () => {
      const [image] = (await list()).filter(({ id }) => id === held[0])
      expect(image).toMatchObject({
        owner: user.owner, moderationLabels: [GORE], variants: [{ url: expect.stringMatching(/\/4\.webp$/) }],
      })
      const own = await user.run(`{ image(id: "${held[0]}") { variants { url } srcsets { srcset } } }`)
      expect(own).toEqual({ image: { variants: [], srcsets: [] } })
    })

    it('forgets what an operator clears, and lists what they hold', async () => {
      await decide(unavailable, other, 'CLEARED')
      expect(await ids()).toEqual(newestFirst(held))
      await decide(unavailable, other, 'HELD')
      expect(await ids()).toEqual(newestFirst([...held, unavailable]))
    })

    it('forgets at once what is deleted, and for good when it is removed', async () => {
      const gone = held.pop()!
      await user.run(`mutation { deleteImage(id: "${gone}") { id } }`)
      expect(await ids()).toEqual(newestFirst([...held, unavailable]))
      await remove(given(), user, gone)
      expect(await ids()).toEqual(newestFirst([...held, unavailable]))
    })

    it('forgets what is developed once more, until it is held back again', async () => {
      const again = held[0]!
      const { heldImages: { items } } = await given().backEnd<{ heldImages: { items: Image[] } }>(
        '{ heldImages { items { id mediaKey } } }',
      )
      const { mediaKey } = items.find(({ id }) => id === again)!
      const input = { id: again, owner: user.owner, status: 'PROCESSING', mediaKey: 'anew', replacesMediaKey: mediaKey }
      await given().backEnd(
        'mutation ($input: RecordImageProcessedInput!) { recordImageProcessed(input: $input) { id } }', { input },
      )
      expect(await ids()).not.toContain(again)
      await develop(given(), user, again, HELD)
      expect(await ids()).toEqual(newestFirst([...held, unavailable]))
    })

    it('refuses a nextToken that was tampered with, made up or of another list, and users of the pool', async () => {
      const page = (run: User['run'], field: string, args: string) =>
        run<{ page: { nextToken: string } }>(`{ page: ${field}(limit: 1${args}) { nextToken } }`)
      const { backEnd } = given()
      const own = (await page(backEnd, 'heldImages', '')).page.nextToken
      const foreign = (await page(user.run, 'images', '')).page.nextToken
      const refusals = [own, `${own.slice(0, -2)}AA`, 'forged', foreign].map((token) =>
        refusalOf(page(backEnd, 'heldImages', `, nextToken: "${token}"`)))
      expect(await Promise.all(refusals)).toEqual([undefined, ...Array.from({ length: 3 }, () => 'InvalidNextToken')])
      expect(await refusalOf(page(user.run, 'images', `, nextToken: "${own}"`))).toBe('InvalidNextToken')
      expect(await refusalOf(page(user.run, 'heldImages', ''))).toBe('Unauthorized')
    })
  })
}

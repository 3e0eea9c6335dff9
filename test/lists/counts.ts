import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../fuzz/random.ts'
import type { GivenLists, User } from './given-lists.ts'
import { History } from './history.ts'
import { develop, givenImages, label, patiently, refusalOf, requestImages } from './images.ts'

/** Steps of the history that is made up. */
const STEPS = 60

const DOG = label('Dog', 'Animal')

/** Labels with their counts. */
export async function countsOf({ run }: User): Promise<Record<string, number>> {
  const { labels } = await run<{ labels: { items: { name: string; count: number }[] } }>(
    '{ labels(limit: 100) { items { name count } } }',
  )
  return Object.fromEntries(labels.items.map(({ name, count }) => [name, count]))
}

export function describeCounts(given: () => GivenLists): void {
  describe('label counts', () => {
    let user: User
    beforeAll(async () => {
      user = await given().newUser()
    })

    it('are right when one report comes many times, one after the other and at once', async () => {
      const [id] = (await requestImages(user, 1)) as [string]
      const report = () => refusalOf(patiently(() => develop(given(), user, id, { labels: [DOG] })))
      const refusals = await Promise.all(Array.from({ length: 5 }, report))
      expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1)
      expect(new Set([...refusals, await report()])).toEqual(new Set([undefined, 'ImageAlreadyFinished']))
      expect(await countsOf(user)).toEqual({ Animal: 1, Dog: 1 })
    })

    it('are right when many images get the same label at once', async () => {
      const ids = await requestImages(user, 8)
      await Promise.all(ids.map((id) => patiently(() => develop(given(), user, id, { labels: [DOG] }))))
      expect(await countsOf(user)).toEqual({ Animal: 9, Dog: 9 })
    })

    it('are right when labels come later, and twice', async () => {
      const [id] = await givenImages(given(), user, [{ labelsStatus: 'PENDING' }])
      const input = { id, owner: user.owner, labels: [label('Cat', 'Animal')], labelsStatus: 'READY' }
      const report = () =>
        given().backEnd('mutation ($input: RecordImageLabelsInput!) { recordImageLabels(input: $input) { id } }', { input })
      await Promise.all([patiently(report), patiently(report)])
      expect(await countsOf(user)).toEqual({ Animal: 10, Cat: 1, Dog: 9 })
    })
  })

  describe('lists', () => {
    it('hold what a model of them holds after whatever was done', async () => {
      const seed = Date.now()
      const user = await given().newUser()
      const history = new History(given(), user, createRandom(seed))
      for (let step = 0; step < STEPS; step += 1) await history.step()
      const { listed, expected } = await history.compare()
      expect(listed, `seed ${seed}: ${history.told.join(', ')}`).toEqual(expected)
    })
  })
}

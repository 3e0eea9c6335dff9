import { expect, it } from 'vitest'
import { GraphqlError } from '../../functions/lib/graphql-client.ts'
import { createRemovals } from '../../functions/lib/removals.ts'
import { ID, OWNER } from './given.ts'

const ORIGINAL = { id: ID, owner: OWNER }

function given(answer: Record<string, unknown> | Error) {
  const asked: Record<string, unknown>[] = []
  const removals = createRemovals({
    async execute(_query, variables) {
      asked.push(variables)
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  return { removals, asked }
}

const refused = (errorType: string) => given(new GraphqlError(errorType, 'no', 200)).removals

it('tells of an image, and says how it stands', async () => {
  const image = { ...ORIGINAL, status: 'DELETED' }
  const { removals, asked } = given({ publishImageChange: image })
  expect([await removals.tell(ORIGINAL), asked]).toEqual([image, [{ id: ID }]])
})

it('knows no image that is unknown, nor one of another owner', async () => {
  expect(await refused('ImageNotFound').tell(ORIGINAL)).toBeUndefined()
  expect(await given({ publishImageChange: { ...ORIGINAL, owner: 'another' } }).removals.tell(ORIGINAL)).toBeUndefined()
})

it('records a removal, and is done when the tombstone is gone as well', async () => {
  const { removals, asked } = given({ recordImageRemoved: ORIGINAL })
  await removals.record(ORIGINAL)
  expect(asked).toEqual([{ input: ORIGINAL }])
  await refused('ImageNotFound').record(ORIGINAL)
})

it('is not done when the API refuses', async () => {
  await expect(refused('ImageNotDeleted').record(ORIGINAL)).rejects.toThrow('ImageNotDeleted')
  await expect(refused('ServiceUnavailable').tell(ORIGINAL)).rejects.toThrow('ServiceUnavailable')
})

import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { expect, it } from 'vitest'
import { createEdgeCaches } from '../../functions/lib/edge-caches.ts'

interface Batch {
  Paths: { Quantity: number; Items: string[] }
  CallerReference: string
}

/** The real client, which keeps what it would send. */
function given() {
  const batches: Batch[] = []
  const client = new CloudFrontClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  client.middlewareStack.add(
    () => async ({ input }) => {
      const { DistributionId, InvalidationBatch } = input as { DistributionId: string; InvalidationBatch: Batch }
      expect(DistributionId).toBe('EDARKROOM')
      batches.push(InvalidationBatch)
      return { output: { $metadata: {} }, response: {} }
    },
    { step: 'initialize', priority: 'high' },
  )
  return { caches: createEdgeCaches(client, 'EDARKROOM'), batches }
}

it('forgets everything under the media keys: a path with a wildcard for each', async () => {
  const { caches, batches } = given()
  await caches.forget(['b', 'a'])
  expect(batches).toEqual([
    { Paths: { Quantity: 2, Items: ['/processed/a/*', '/processed/b/*'] }, CallerReference: expect.any(String) },
  ])
})

it('names what it asks for the same whenever it asks for the same, and else another', async () => {
  const { caches, batches } = given()
  for (const keys of [['a', 'b'], ['b', 'a'], ['a']]) await caches.forget(keys)
  const [one, again, other] = batches.map(({ CallerReference }) => CallerReference)
  expect([again === one, other === one]).toEqual([true, false])
})

it('asks for few at a time, of which CloudFront works on fifteen', async () => {
  const { caches, batches } = given()
  await caches.forget(Array.from({ length: 12 }, (_, index) => `key-${index}`))
  expect(batches.map(({ Paths }) => Paths.Quantity)).toEqual([5, 5, 2])
})

it('asks for nothing when nothing was shown', async () => {
  const { caches, batches } = given()
  await caches.forget([])
  expect(batches).toEqual([])
})

it('has no path that leaves the folder of variants', async () => {
  await expect(given().caches.forget(['../originals'])).rejects.toThrow(RangeError)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createGraphqlClient } from '../../functions/lib/graphql-client.ts'
import { createMessageQueue } from '../../functions/lib/message-queue.ts'
import { createSignedPost, isPassingStatus, NotAnswered } from '../../functions/lib/signed-post.ts'
import { HandClock } from './given.ts'

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }
const clock = new HandClock()

/** An address at which nobody listens any more. */
async function givenNobody(): Promise<URL> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return new URL(`http://127.0.0.1:${port}/`)
}

describe('a signed POST', () => {
  it('that nobody takes is not answered, and says why', async () => {
    const url = await givenNobody()
    const post = createSignedPost({
      url, service: 'sqs', region: 'eu-west-1', credentials: () => CREDENTIALS, clock, deadlineMs: 1_000,
    })
    const error = await post({}, '{}').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NotAnswered)
    expect((error as Error).message).toMatch(new RegExp(`^${url.host} was not reached: .*ECONNREFUSED`))
  })

  it.each([[200, false], [403, false], [429, true], [499, false], [500, true], [503, true]])(
    'answered %i may be answered otherwise the next time: %s',
    (status, passes) => expect(isPassingStatus(status)).toBe(passes),
  )
})

describe('a request that can not be signed', () => {
  const why = new Error('expected AWS_ACCESS_KEY_ID, got none')
  const unsigned = {
    region: 'eu-west-1',
    credentials: () => {
      throw why
    },
    clock,
    random: () => 0,
  }

  it('fails at once with its own words, to the API', async () => {
    const client = createGraphqlClient({ ...unsigned, url: (await givenNobody()).href })
    await expect(client.execute('{ a }', {})).rejects.toBe(why)
  })

  it('fails at once with its own words, to a queue', async () => {
    const queue = createMessageQueue({ ...unsigned, queueUrl: `${(await givenNobody()).origin}/123456789012/queue` })
    await expect(queue.send('{}')).rejects.toBe(why)
  })
})

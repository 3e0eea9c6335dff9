import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, describe, expect, it } from 'vitest'
import { MAX_PENDING_UPLOADS } from '../../resolvers/lib/limits.ts'
import { UPLOAD_CHECK_DELAY_SECONDS } from '../../functions/lib/upload-check.ts'
import { fixture } from '../fixtures/index.ts'
import { clientConfig, finished, queryAs, signIn, type Ticket } from '../local/start/given-client.ts'
import { REQUEST_UPLOAD } from '../least-privilege/prepared-cloud.ts'
import { givenAmplify, put, uploadInput } from './given-cloud.ts'
import { givenMovedCloud, type MovedCloud } from './given-moved-cloud.ts'

const MS_PER_SECOND = 1_000
const DELAY_MS = UPLOAD_CHECK_DELAY_SECONDS * MS_PER_SECOND

/** A hundred uploads are asked for, each by a Lambda function, on whatever else this machine has to do. */
const LONG_MS = 60_000

/** Requests at once: few enough for a small machine. */
const AT_A_TIME = 10

let given: MovedCloud
afterEach(() => given?.stop())

/** How many checks lie in the expiry queue: those that wait for their time, and those that are due. */
async function checks(): Promise<{ delayed: number; due: number }> {
  const { cloud } = given
  const sqs = new SQSClient({
    endpoint: cloud.endpoints.aws, region: cloud.assembly.region, credentials: cloud.credentialsFor('operator'),
  })
  const QueueUrl = cloud.assembly.outputs.ExpiryQueueUrl
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  sqs.destroy()
  return {
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
    due: Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  }
}

describe('an upload that never comes', () => {
  it('is EXPIRED after fifteen minutes, and its owner hears of it; one that came stays READY', async () => {
    given = await givenMovedCloud()
    const darkroom = await givenAmplify(given.cloud)
    const picture = await fixture('icon')
    const events = await darkroom.onImageProcessed({})
    const { image: never } = await darkroom.requestUpload(uploadInput(picture))
    const { image: came, upload } = await darkroom.requestUpload(uploadInput(picture))
    expect((await put(upload, picture.bytes)).status).toBe(200)
    expect(await events.next()).toMatchObject({ id: came.id, status: 'READY' })
    const ready = await darkroom.image(came.id)

    given.clock.advance(DELAY_MS - 1)
    expect(await checks()).toEqual({ delayed: 2, due: 0 })
    expect(await darkroom.image(never.id)).toMatchObject({ status: 'PENDING', version: 1 })

    given.clock.advance(1)
    const failure = { code: 'UPLOAD_EXPIRED', retryable: true, message: expect.stringContaining('600 seconds') }
    const expired = { id: never.id, status: 'EXPIRED', version: 2, failure }
    expect(await events.next()).toMatchObject(expired)
    expect(await darkroom.image(never.id)).toMatchObject(expired)
    await given.line('upload has come')
    expect(await darkroom.image(came.id)).toEqual(ready)
    expect(events.waiting()).toBe(0)
    events.stop()
  })

  it('counts against the limit until it is EXPIRED, also when Darkroom was down', { timeout: LONG_MS }, async () => {
    given = await givenMovedCloud()
    let config = configOf(given)
    const idToken = await signIn(config)
    const ask = async () => {
      const query = queryAs(config, idToken)
      return (await query<{ requestUpload: Ticket }>(REQUEST_UPLOAD, { byteSize: 1 })).requestUpload.image.id
    }
    const ids: string[] = []
    while (ids.length < MAX_PENDING_UPLOADS) {
      ids.push(...(await Promise.all(Array.from({ length: AT_A_TIME }, ask))))
    }
    await expect(ask()).rejects.toThrow('TooManyPendingUploads')

    await given.restart(() => given.clock.advance(DELAY_MS))
    config = configOf(given)
    const ends = await Promise.all([ids[0]!, ids.at(-1)!].map((id) => finished(config, idToken, id)))
    expect(ends).toMatchObject(ends.map(() => ({ status: 'EXPIRED', failure: { code: 'UPLOAD_EXPIRED' } })))
    await ask()
  })
})

function configOf({ cloud }: MovedCloud) {
  return clientConfig(cloud.endpoints, cloud.assembly.outputs.UserPoolClientId ?? '', cloud.demoUser)
}

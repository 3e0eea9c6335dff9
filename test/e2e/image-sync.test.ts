import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { amplifyImageSource } from '../../client/amplify-image-source.ts'
import { subscribeWithAmplify } from '../../client/amplify-subscription.ts'
import { syncImages } from '../../client/image-sync.ts'
import { OnImageChangedDocument, type ImagePartsFragment } from '../../generated/client.ts'
import { ask } from '../access/execute.ts'
import { givenCallers, type Callers } from '../access/given-callers.ts'
import { createRandom } from '../fuzz/random.ts'
import { givenAmplify, givenCloud } from './given-cloud.ts'
import { imageLife } from './image-life.ts'
import { socketImageSource } from './socket-image-source.ts'

const CHANGES = 1_000
/** How often a request comes with a cut, and within how many milliseconds of its beginning. */
const CUTS_PER_REQUEST = 0.1
const LONGEST_REQUEST_MS = 40
const LONGEST_PAUSE_MS = 20

const SEED = Math.floor(Math.random() * 1_000_000)

let given: Awaited<ReturnType<typeof givenCloud>>
let callers: Callers

/** Every socket that Amplify opens, in order. */
const sockets: WebSocket[] = []
class ObservedWebSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    sockets.push(this)
  }
}

beforeAll(async () => {
  given = await givenCloud()
  callers = await givenCallers(given.cloud, (work) => work())
  await givenAmplify(given.cloud)
  Object.assign(globalThis, { WebSocket: ObservedWebSocket })
})
afterAll(() => given?.stop())

describe('by Amplify', () => {
  const mutate = async (mutation: string) => {
    const { body } = await ask(given.cloud, callers.callers.owner, `mutation { ${mutation} }`)
    expect(body.errors).toBeUndefined()
    return body.data
  }
  const updateTitle = (id: string, title: string) =>
    mutate(`updateImage(input: { id: "${id}", title: "${title}" }) { id }`)

  it('tells whose subscription AppSync acknowledged, of two that ask for the same', async () => {
    const acknowledged: string[] = []
    const subscribe = (name: string) =>
      new Promise<() => void>((resolve, reject) => {
        const stop = subscribeWithAmplify(OnImageChangedDocument.toString(), {}, {
          acknowledged() {
            acknowledged.push(name)
            resolve(stop)
          },
          event: () => {},
          failed: reject,
        })
      })
    const stops = [await subscribe('first'), await subscribe('second')]
    stops.forEach((stop) => stop())
    expect(acknowledged).toEqual(['first', 'second'])
  })

  it('goes on by itself when the connection breaks, and then tells what changed meanwhile', async () => {
    const input = '{ fileName: "photo.jpg", contentType: "image/jpeg", byteSize: 9 }'
    const data = (await mutate(`requestUploads(inputs: [${input} ${input}]) { ticket { image { id } } }`)) as {
      requestUploads: { ticket: { image: { id: string } } }[]
    }
    const [kept, deleted] = data.requestUploads.map(({ ticket }) => ticket.image.id) as [string, string]
    const told: ImagePartsFragment[] = []
    let stoodOn = 0
    let hear = () => {}
    const until = (isSo: () => boolean) =>
      new Promise<void>((resolve) => {
        hear = () => isSo() && resolve()
        hear()
      })
    const source = amplifyImageSource()
    const sync = syncImages({
      ...source,
      subscribe: (listener) => source.subscribe({
        ...listener,
        stands() {
          stoodOn = sockets.length
          listener.stands()
          hear()
        },
      }),
    }, {
      onChange(image) {
        told.push(image)
        hear()
      },
    })
    await sync.catchUp()
    expect(told.map(({ id }) => id).sort()).toEqual([kept, deleted].sort())
    await updateTitle(kept, 'Pushed')
    await until(() => told.length === 3)
    const first = stoodOn

    sockets.at(-1)!.terminate()
    await updateTitle(kept, 'Missed')
    await mutate(`deleteImage(id: "${deleted}") { id }`)
    await until(() => told.length === 5 && stoodOn > first)
    await updateTitle(kept, 'Pushed again')
    await until(() => told.length === 6)
    sync.stop()
    expect(told.slice(2).map(({ id, status, title }) => ({ id, status, title }))).toEqual([
      { id: kept, status: 'PENDING', title: 'Pushed' },
      { id: kept, status: 'PENDING', title: 'Missed' },
      { id: deleted, status: 'DELETED', title: null },
      { id: kept, status: 'PENDING', title: 'Pushed again' },
    ])
  }, 40_000)
})

interface Row {
  id: string
  version: number
  status: string
  title: string | null
}

/** Every image of the table. */
async function table(): Promise<Row[]> {
  const { cloud } = given
  const dynamodb = new DynamoDBClient({
    endpoint: cloud.endpoints.aws, region: cloud.assembly.region, credentials: cloud.credentialsFor('operator'),
  })
  const { Items = [] } = await dynamodb.send(new ScanCommand({
    TableName: cloud.assembly.outputs.TableName!,
    FilterExpression: 'facet = :facet',
    ExpressionAttributeValues: { ':facet': { S: 'IMAGE' } },
  }))
  dynamodb.destroy()
  return Items.map(({ id, version, status, title }) => (
    { id: id!.S!, version: Number(version!.N), status: status!.S!, title: title?.S ?? null }
  ))
}

it(`misses and doubles none of ${CHANGES} changes, whenever it is cut off: seed ${SEED}`, async () => {
  const random = createRandom(SEED)
  const life = imageLife(given.cloud, callers, createRandom(SEED, 1))
  const source = socketImageSource(given.cloud, callers.callers.owner)
  const told = new Map<string, ImagePartsFragment>()
  const notNewer: string[] = []
  let hear = () => {}
  const sync = syncImages(source, {
    onChange(image) {
      if (image.version <= (told.get(image.id)?.version ?? 0)) notNewer.push(`${image.id} ${image.version}`)
      told.set(image.id, image)
      hear()
    },
    pauseAfter: () => random.below(LONGEST_PAUSE_MS),
  })
  for (let changes = 0; changes < CHANGES;) {
    if (random.chance(CUTS_PER_REQUEST)) setTimeout(source.cut, random.below(LONGEST_REQUEST_MS))
    changes += await life.step()
  }
  const rows = await table()
  await new Promise<void>((resolve) => {
    hear = () => {
      if (rows.every((row) => isTold(row, told.get(row.id)))) resolve()
    }
    hear()
  })
  sync.stop()
  expect(notNewer).toEqual([])
  expect(told.size).toBe(rows.length)
  expect(source.counts.connections).toBeGreaterThan(3)
}, 60_000)

/** What is left of a deleted image goes later, and nobody is to hear of that. */
function isTold({ version, status, title }: Row, image: ImagePartsFragment | undefined): boolean {
  if (status === 'DELETED') return image?.status === status
  return image?.version === version && image.status === status && (image.title ?? null) === title
}

import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { systemClock, type Clock } from '../../functions/lib/clock.ts'
import { countViews } from '../../functions/lib/count-views.ts'
import { createGraphqlClient, type GraphqlClient } from '../../functions/lib/graphql-client.ts'
import type { LogFile, LogFiles } from '../../functions/lib/log-files.ts'
import { createViewRecords } from '../../functions/lib/view-records.ts'
import { createRandom, type Random } from '../fuzz/random.ts'
import { readable } from '../infra/given.ts'
import { accessLog, variantPath, type LoggedRequest } from './access-logs.ts'
import type { ViewedCloud } from './given-viewed-cloud.ts'

/** Few images in many files, so that files meet at the same image. */
const IMAGES = 3
const FILES = 8
const MOST_VIEWS_A_FILE = 9

/** How often a file comes at most, and how many are handled at a time. */
const MOST_DELIVERIES = 3
const AT_A_TIME = 6

/** How often each call fails that has done its work, or has not. */
const LOST_CALLS = 0.25
const DAY_MS = 24 * 60 * 60 * 1_000
const MS_PER_SECOND = 1_000

/** As long as the pauses of the client are, and shorter than its deadlines. */
const LONGEST_PAUSE_MS = 2_000

/** What is delivered, and what should come of it. */
export interface Plan {
  random: Random
  images: number[]
  /** Text of each file, by its key. */
  files: Map<string, string>
  expected(image: number): { views: number; lastViewedAt: string }
}

export function imageIdOf(image: number): string {
  return `01JARVEWS0000000000000000${image}`
}

export function mediaKeyOf(image: number): string {
  return `media-key-of-image-000${image}`
}

export function planDeliveries(seed: number): Plan {
  const random = createRandom(seed)
  const images = Array.from({ length: IMAGES }, (_each, image) => image)
  const logged: (LoggedRequest & { image: number })[] = []
  const files = new Map<string, string>()
  for (let file = 0; file < FILES; file += 1) {
    const requests = images.flatMap((image) =>
      Array.from({ length: random.below(MOST_VIEWS_A_FILE, 1) }, () => ({
        image, path: variantPath(mediaKeyOf(image)), at: new Date(random.below(DAY_MS)),
      })))
    logged.push(...requests)
    files.set(`EDARKROOM.2026-11-20-0${file}.gz`, accessLog(requests))
  }
  return {
    random,
    images,
    files,
    expected(wanted) {
      const times = logged.filter(({ image }) => image === wanted).map(({ at }) => at.getTime())
      const last = Math.floor(Math.max(...times) / MS_PER_SECOND) * MS_PER_SECOND
      return { views: times.length, lastViewedAt: new Date(last).toISOString() }
    },
  }
}

/**
 * Handles every file some times, in any order and some at once, each until one handling ends well: as SQS does it, with
 * the function's own role. Calls get lost on the way there and back.
 */
export async function deliverAll({ files, random }: Plan, { cloud, graphqlUrl }: ViewedCloud): Promise<void> {
  const role = cloud.assembly.resources.find(({ type, logicalId }) => {
    return type === 'AWS::IAM::Role' && readable(logicalId) === 'ViewCountingCountViewsRole'
  })
  const { accessKeyId, secretAccessKey, sessionToken = '' } = cloud.credentialsFor({ roleArn: role!.attributes.Arn! })
  const client = createGraphqlClient({
    url: graphqlUrl,
    region: cloud.assembly.region,
    credentials: () => ({ accessKeyId, secretAccessKey, sessionToken }),
    clock: HURRIED,
    random: Math.random,
  })
  const there = new Map(files)
  const services = {
    files: lossyFiles(there, random),
    records: createViewRecords(lossyClient(client, random)),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  }
  const deliveries = (): number => random.below(MOST_DELIVERIES + 1, 1)
  const due = [...files.keys()].flatMap((key) => Array.from({ length: deliveries() }, () => key))
  const shuffled = due.map((key) => ({ key, at: random.next() })).sort((one, other) => one.at - other.at)
  const handleNext = async (): Promise<void> => {
    for (let next = shuffled.pop(); next; next = shuffled.pop()) {
      const file = { bucket: 'the-logs', key: next.key }
      while (!(await countViews(file, services).then(() => true, passLost)));
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, handleNext))
  if (there.size > 0) throw new Error(`Expected every log file to be deleted, found ${[...there.keys()].join(', ')}`)
}

class Lost extends Error {}

function passLost(error: unknown): false {
  if (error instanceof Lost) return false
  throw error
}

/** Pauses are over at once, deadlines hold. */
const HURRIED: Clock = {
  now: systemClock.now,
  after: (ms, callback) => systemClock.after(ms <= LONGEST_PAUSE_MS ? 0 : ms, callback),
}

/** Fails before or after the call, as a network does. */
async function lossy<T>(random: Random, call: () => Promise<T>): Promise<T> {
  if (random.chance(LOST_CALLS)) throw new Lost('never came')
  const answer = await call()
  if (random.chance(LOST_CALLS)) throw new Lost('the answer never came')
  return answer
}

function lossyClient(client: GraphqlClient, random: Random): GraphqlClient {
  return { execute: (query, variables) => lossy(random, () => client.execute(query, variables)) }
}

function lossyFiles(there: Map<string, string>, random: Random): LogFiles {
  return {
    read: ({ key }: LogFile) => lossy(random, async () => {
      const text = there.get(key)
      return text === undefined ? undefined : Readable.from([gzipSync(text)])
    }),
    remove: ({ key }) => lossy(random, async () => void there.delete(key)),
  }
}

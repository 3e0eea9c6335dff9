import { mkdtempSync, rmSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createCloudFront } from '../../../local/cloudfront/cloudfront.ts'
import { S3Error } from '../../../local/s3/errors.ts'
import { contextFor, listen, rawRequest, type RawAnswer } from '../s3/given.ts'
import { HandClock } from '../sqs/hand-clock.ts'
import { distribution, DISTRIBUTION_ID, originAccessControl, responseHeadersPolicy } from './given.ts'

/** A distribution before an origin of the test's, by a clock of the test. */
export interface CachingEdge {
  clock: HandClock
  /** Keys that the origin was asked for, in this order. */
  asked: string[]
  /** Waits until the origin was asked so often in all. */
  askedTimes(times: number): Promise<void>
  origin: {
    /** What it throws instead of an answer. */
    fails: Error | undefined
    /** What it waits for before it answers, and after it has looked. */
    holds: Promise<void> | undefined
  }
  /** Stores an object; its ETag is its text. */
  put(key: string, text: string, headers?: Record<string, string>): void
  remove(key: string): void
  get(path: string, headers?: OutgoingHttpHeaders, method?: string): Promise<RawAnswer>
  invalidate(reference: string, ...paths: string[]): void
  stop(): Promise<void>
}

/** @param config of the distribution; its one bucket is there already */
export async function startCachingEdge(config: Record<string, unknown> = {}): Promise<CachingEdge> {
  const clock = new HandClock()
  const dataDir = mkdtempSync(join(tmpdir(), 'darkroom-edge-'))
  const objects = new Map<string, { text: string; headers: Record<string, string> }>()
  const asked: string[] = []
  let hear = (): void => undefined
  const origin: CachingEdge['origin'] = { fails: undefined, holds: undefined }
  const cloudFront = createCloudFront(contextFor({ clock }, dataDir), {
    async getObject(_bucket, key) {
      asked.push(key)
      hear()
      const object = objects.get(key)
      await origin.holds
      if (origin.fails) throw origin.fails
      if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
      const { text, headers } = object
      return {
        version: { byteSize: text.length, lastModified: new Date(0).toISOString() },
        etag: `"${text}"`,
        headers: { ...headers, etag: `"${text}"` },
        open: ({ first = 0, last = text.length - 1 } = {}) => Readable.from([text.slice(first, last + 1)]),
      } as never
    },
    preflight: () => ({ status: 403 }),
    deliverLog: async () => undefined,
  })
  cloudFront.deploy([originAccessControl, responseHeadersPolicy, distribution(config)])
  const { server, endpoint } = await listen(cloudFront.handler)
  return {
    clock,
    asked,
    askedTimes: (times) => new Promise((resolve) => {
      hear = () => {
        if (asked.length >= times) resolve()
      }
      hear()
    }),
    origin,
    put: (key, text, headers = {}) => void objects.set(key, { text, headers }),
    remove: (key) => void objects.delete(key),
    get: (path, headers = {}, method = 'GET') => rawRequest(endpoint + path, { headers, method }),
    invalidate(callerReference, ...paths) {
      const operator = { kind: 'operator', arn: 'arn:aws:iam::000000000000:user/operator' } as const
      cloudFront.invalidations(DISTRIBUTION_ID, 'cloudfront:CreateInvalidation', operator)
        .create({ callerReference, paths })
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await cloudFront.stop()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** How an answer was served: the first word of its x-cache. */
export function resultOf({ headers }: RawAnswer): string | undefined {
  return headers['x-cache']?.toString().split(' ')[0]
}

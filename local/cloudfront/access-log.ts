import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ServiceContext } from '../aws/context.ts'
import type { S3 } from '../s3/s3.ts'
import { FIELDS, logLine, type LogEntry } from './log-entry.ts'

/** Where a distribution's log files go. */
export interface Logging {
  bucketName: string
  /** Stands before the name of each file; empty for none. */
  prefix: string
  includeCookies: boolean
}

/** A distribution's access log. */
export interface AccessLog {
  record(entry: LogEntry): void
  /** Delivers what has not been yet. */
  stop(): Promise<void>
}

/** When a log file is delivered, in milliseconds after its first request: on AWS it is mostly within an hour. */
export const LOG_DELIVERY_MS = 60_000

/** Random bytes in a file's name: 8 characters, as CloudFront's. */
const UNIQUE_BYTES = 4

/** Length of `2026-11-20T11` in an ISO 8601 text. */
const HOUR_LENGTH = 13

const HEADER = `#Version: 1.0\n#Fields: ${FIELDS.join(' ')}\n`

const zip = promisify(gzip)

/**
 * Collects requests, and leaves them as a gzipped W3C file an hour of requests, named
 * `<prefix><distribution id>.YYYY-MM-DD-HH.<unique>.gz`. What was not delivered when the process is killed is lost:
 * CloudFront promises no more. Source: CloudFront developer guide, "Configure standard logging (legacy)".
 */
export function createAccessLog(
  context: ServiceContext,
  s3: Pick<S3, 'deliverLog'>,
  distributionId: string,
  { bucketName, prefix, includeCookies }: Logging,
): AccessLog {
  const waiting = new Map<string, string[]>()
  const underWay = new Set<Promise<void>>()
  let timer: { cancel(): void } | undefined
  let stopped = false

  async function deliver(hour: string, lines: string[]): Promise<void> {
    const unique = randomBytes(UNIQUE_BYTES).toString('hex')
    const key = `${prefix}${distributionId}.${hour.replace('T', '-')}.${unique}.gz`
    try {
      await s3.deliverLog(bucketName, key, await zip(HEADER + lines.join('')))
      context.log('debug', 'cloudfront', 'A log file was delivered', { key, requests: lines.length })
    } catch (error) {
      context.log('error', 'cloudfront', 'A log file could not be delivered', { key, reason: String(error) })
    }
  }

  function deliverAll(): void {
    timer?.cancel()
    timer = undefined
    for (const [hour, lines] of waiting) {
      const delivery = deliver(hour, lines).finally(() => underWay.delete(delivery))
      underWay.add(delivery)
    }
    waiting.clear()
  }

  return {
    record(entry) {
      if (stopped) return
      const hour = new Date(entry.finishedAtMs).toISOString().slice(0, HOUR_LENGTH)
      const lines = waiting.get(hour) ?? []
      lines.push(logLine(entry, includeCookies))
      waiting.set(hour, lines)
      timer ??= context.clock.after(LOG_DELIVERY_MS, deliverAll)
      context.log('debug', 'cloudfront', 'A request was logged', { path: entry.path, status: entry.status })
    },
    async stop() {
      stopped = true
      deliverAll()
      await Promise.all(underWay)
    },
  }
}

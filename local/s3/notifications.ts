import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceContext } from '../aws/context.ts'
import type { Bucket } from './bucket.ts'
import { eventBody, type ObjectEvent, testEventBody } from './events.ts'
import { type Destination, type NotificationConfiguration, ruleMatches } from './notification-configuration.ts'
import type { Storage } from './storage.ts'
import type { StoredVersion } from './stored-version.ts'

/** A message to a queue, function or topic; `sourceArn` is the bucket in whose name s3.amazonaws.com sends it. */
export type S3Notification = Destination & { body: string; sourceArn: string }

/** Takes a notification; once it has resolved, S3 forgets it. When it rejects, S3 tries again later. */
export type Notify = (notification: S3Notification) => Promise<void> | void

/** A message on the disk that has not been taken yet. */
interface OutboxEntry {
  notification: S3Notification
  /** The change it tells of: to tell, after a kill, whether the change took place. Undefined for a test event. */
  change?: { version: StoredVersion; removal: boolean }
}

const PREPARED_SUFFIX = '.prepared'
const PENDING_SUFFIX = '.pending'

/** Wait before the second try, in milliseconds; it doubles up to the longest. */
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/**
 * Event notifications, at least once: a message is written as *prepared* before its change, turned into *pending*
 * after it,
 * and removed once it has been taken. What a kill leaves behind is sorted out and sent by `replay`.
 */
export class Notifications {
  readonly #context: ServiceContext
  readonly #notify: Notify
  readonly #outboxDir: string
  readonly #configurationsFile: string
  #configurations: NotificationConfiguration[] = []
  readonly #underWay = new Set<Promise<void>>()
  readonly #retries = new Set<{ cancel(): void }>()
  #stopped = false

  constructor(context: ServiceContext, notify: Notify) {
    this.#context = context
    this.#notify = notify
    this.#outboxDir = join(context.dataDir, 'outbox')
    this.#configurationsFile = join(context.dataDir, 'notification-configurations.json')
    mkdirSync(this.#outboxDir, { recursive: true })
  }

  /** Takes over the configurations; destinations of a new or changed one get S3's test event. */
  configure(configurations: NotificationConfiguration[], buckets: ReadonlyMap<string, Bucket>): void {
    this.#configurations = configurations
    const before = this.#readConfigurationsBefore()
    const now = Object.fromEntries(configurations.map((each) => [each.bucketName, JSON.stringify(each.rules)]))
    for (const { bucketName, rules, skipDestinationValidation } of configurations) {
      const bucket = buckets.get(bucketName)
      if (!bucket || skipDestinationValidation || before[bucketName] === now[bucketName]) continue
      for (const { destination } of rules) {
        if ('functionArn' in destination) continue
        const body = testEventBody(bucket, new Date(this.#context.clock.now()).toISOString(), randomUUID())
        this.#write(PENDING_SUFFIX, { notification: { ...destination, body, sourceArn: bucket.arn } })
      }
    }
    const temporary = `${this.#configurationsFile}.new`
    writeFileSync(temporary, JSON.stringify(now))
    renameSync(temporary, this.#configurationsFile)
  }

  /**
   * Writes an event's messages to the disk. Call it right before the change, and `send` with its result right after.
   */
  prepare(event: ObjectEvent): string[] {
    const { bucket, version, name } = event
    return this.#configurations
      .filter(({ bucketName }) => bucketName === bucket.name)
      .flatMap(({ rules }) => rules.filter((rule) => ruleMatches(rule, name, version.key)))
      .map(({ id, destination }) =>
        this.#write(PREPARED_SUFFIX, {
          notification: { ...destination, body: eventBody(event, id, this.#context), sourceArn: bucket.arn },
          change: { version, removal: name === 'ObjectRemoved:Delete' },
        }),
      )
  }

  send(prepared: string[]): void {
    for (const path of prepared) this.#start(this.#markPending(path))
  }

  /** Sends what an earlier run left; of prepared messages only those whose change took place. */
  replay(storage: Storage): void {
    for (const name of readdirSync(this.#outboxDir).sort()) {
      const path = join(this.#outboxDir, name)
      if (name.endsWith(PENDING_SUFFIX)) this.#start(path)
      else if (name.endsWith(PREPARED_SUFFIX) && tookPlace(readEntry(path), storage))
        this.#start(this.#markPending(path))
      else rmSync(path)
    }
  }

  /** Waits for what is being handed over; the rest stays on the disk. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const retry of this.#retries) retry.cancel()
    await Promise.all(this.#underWay)
  }

  #markPending(path: string): string {
    const pending = path.slice(0, -PREPARED_SUFFIX.length) + PENDING_SUFFIX
    renameSync(path, pending)
    return pending
  }

  #write(suffix: string, entry: OutboxEntry): string {
    const name = `${entry.change?.version.sequencer ?? ''}-${randomUUID()}`
    const path = join(this.#outboxDir, name + suffix)
    writeFileSync(`${path}.new`, JSON.stringify(entry))
    renameSync(`${path}.new`, path)
    return path
  }

  #start(path: string, retryMs = FIRST_RETRY_MS): void {
    if (this.#stopped) return
    const delivery = this.#deliver(path, retryMs).finally(() => this.#underWay.delete(delivery))
    this.#underWay.add(delivery)
  }

  async #deliver(path: string, retryMs: number): Promise<void> {
    const { notification } = readEntry(path)
    try {
      await this.#notify(notification)
      rmSync(path, { force: true })
    } catch (error) {
      const { body: _body, ...destination } = notification
      this.#context.log('warn', 's3', 'An event notification was not taken and stays in the outbox', {
        ...destination,
        reason: error instanceof Error ? error.message : String(error),
        retryMs,
      })
      if (this.#stopped) return
      const retry = this.#context.clock.after(retryMs, () => {
        this.#retries.delete(retry)
        this.#start(path, Math.min(retryMs * 2, LONGEST_RETRY_MS))
      })
      this.#retries.add(retry)
    }
  }

  #readConfigurationsBefore(): Record<string, string> {
    try {
      return JSON.parse(readFileSync(this.#configurationsFile, 'utf8')) as Record<string, string>
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
      throw error
    }
  }
}

const readEntry = (path: string): OutboxEntry => JSON.parse(readFileSync(path, 'utf8')) as OutboxEntry

function tookPlace({ change }: OutboxEntry, storage: Storage): boolean {
  if (!change) return true
  const { version, removal } = change
  const exists = storage.versions(version.bucket, version.key).some(({ sequencer }) => sequencer === version.sequencer)
  return exists !== removal
}

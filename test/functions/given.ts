import type { SQSEvent, SQSRecord } from 'aws-lambda'
import type { Image, LabelInput, ModerationLabelInput, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { Arrival } from '../../functions/lib/arrivals.ts'
import type { Clock } from '../../functions/lib/clock.ts'
import type { DevelopServices } from '../../functions/lib/develop-image.ts'
import type { Log } from '../../functions/lib/log.ts'
import type { Reported } from '../../functions/lib/outcomes.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Fixture } from '../fixtures/index.ts'

export const OWNER = '6f1f2a0e-7c55-4f6a-9d0b-0a6f2f9d1b11'
export const ID = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
export const MEDIA_KEY = 'AAECAwQFBgcICQoLDA0ODw'
export const BUCKET = 'the-originals'

/** A clock that only moves by hand; what is due on the way is called. */
export class HandClock implements Clock {
  private pending: { at: number; callback: () => void }[] = []
  private listener: ((ms: number) => void) | undefined
  constructor(private time = Date.UTC(2026, 0, 2, 3, 4, 5, 678)) {}

  now = (): number => this.time

  after = (ms: number, callback: () => void): { cancel(): void } => {
    const entry = { at: this.time + ms, callback }
    this.pending.push(entry)
    this.listener?.(ms)
    return { cancel: () => void (this.pending = this.pending.filter((other) => other !== entry)) }
  }

  get pendingCalls(): number {
    return this.pending.length
  }

  advance(ms: number): void {
    this.time += ms
    const due = this.pending.filter(({ at }) => at <= this.time)
    this.pending = this.pending.filter(({ at }) => at > this.time)
    due.forEach(({ callback }) => callback())
  }

  /** Tells of every call that is asked for, until stopped. */
  onCall(listener: (ms: number) => void): () => void {
    this.listener = listener
    return () => (this.listener = undefined)
  }
}

export interface LogLine {
  level: 'info' | 'warn' | 'error'
  message: string
  details: Record<string, unknown>
}

export function givenLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = []
  const level =
    (name: LogLine['level']) =>
    (message: unknown, ...details: unknown[]) =>
      void lines.push({ level: name, message: String(message), details: (details[0] ?? {}) as Record<string, unknown> })
  return { log: { info: level('info'), warn: level('warn'), error: level('error') }, lines }
}

export function arrivalOf(byteSize: number, over: Partial<Arrival> = {}): Arrival {
  const key = `originals/${OWNER}/${ID}`
  const versionId = 'v1'
  return { bucket: BUCKET, key, versionId, owner: OWNER, id: ID, byteSize, messageId: 'message-1', ...over }
}

export interface Darkroom {
  services: DevelopServices
  clock: HandClock
  lines: LogLine[]
  /** Every report in order. */
  reports: RecordImageProcessedInput[]
  /** Variants by object key. */
  media: Map<string, { bytes: Uint8Array; contentType: string }>
  /** Pictures that were labelled. */
  labelled: Uint8Array[]
  /** Pictures that are labelled later, by media key, and the messages that ask for it. */
  labelPictures: Map<string, Uint8Array>
  labelRequests: unknown[]
  /** Messages that ask for the removal of renditions. */
  removalRequests: unknown[]
  tallied: unknown[]
}

export interface Given {
  /** What the claim answers, in place of the image. */
  claimed?: Reported
  declared?: Partial<Image>
  labels?: (signal: AbortSignal) => Promise<LabelInput[]>
  /** Left out: nobody asks for moderation. */
  moderation?: (signal: AbortSignal) => Promise<ModerationLabelInput[]>
  /** As the setting has it. */
  variants?: string
  write?: (key: string) => Promise<void>
  record?: (input: RecordImageProcessedInput) => Promise<Reported>
}

/** All that a picture meets on its way, in memory, and what it left there. */
export function givenDarkroom(original: Fixture, given: Given = {}): Darkroom {
  const clock = new HandClock()
  const { log, lines } = givenLog()
  const reports: RecordImageProcessedInput[] = []
  const media: Darkroom['media'] = new Map()
  const labelled: Uint8Array[] = []
  const labelPictures: Darkroom['labelPictures'] = new Map()
  const labelRequests: unknown[] = []
  const removalRequests: unknown[] = []
  const { moderation } = given
  const tallied: unknown[] = []
  const image = {
    id: ID,
    owner: OWNER,
    contentType: original.contentType,
    byteSize: original.bytes.length,
    mediaKey: MEDIA_KEY,
    ...given.declared,
  } as Image
  const services: DevelopServices = {
    clock,
    log,
    outcomes: {
      async record(input) {
        reports.push(input)
        if (given.record) return given.record(input)
        if (given.claimed && input.status === 'PROCESSING') return given.claimed
        return { kind: 'recorded', image }
      },
    },
    originals: { read: async () => original.bytes },
    media: {
      async write(key, bytes, contentType) {
        await given.write?.(key)
        media.set(key, { bytes, contentType })
      },
    },
    labeler: {
      async detect(jpeg, signal) {
        labelled.push(jpeg)
        return given.labels ? given.labels(signal) : [SKY, MEADOW]
      },
    },
    moderator: moderation && { detect: (_jpeg, signal) => moderation(signal) },
    variants: parseVariants(given.variants ?? DEFAULT_VARIANTS),
    labelPictures: { keep: async (mediaKey, jpeg) => void labelPictures.set(mediaKey, jpeg) },
    removals: {
      send: async (body, delaySeconds) => void removalRequests.push({ ...(JSON.parse(body) as object), delaySeconds }),
    },
    labelQueue: {
      send: async (body, delaySeconds) => void labelRequests.push({ ...(JSON.parse(body) as object), delaySeconds }),
    },
    tally: {
      finished: (outcome) => void tallied.push(outcome),
      failed: () => void tallied.push('failed'),
      labelsLater: () => void tallied.push('labels later'),
    },
  }
  return { services, clock, lines, reports, media, labelled, labelPictures, labelRequests, removalRequests, tallied }
}

export const MEADOW: LabelInput = { name: 'Meadow', confidence: 97.5, parents: ['Nature'], instances: [] }
export const SKY: LabelInput = { name: 'Sky', confidence: 88.1, parents: [], instances: [] }

/** One record of an S3 event notification, as far as it is read; the key is encoded as S3 does. */
export function s3Record(over: { key?: string; eventName?: string; size?: number } = {}): unknown {
  return {
    eventName: over.eventName ?? 'ObjectCreated:Put',
    s3: {
      bucket: { name: BUCKET },
      object: { key: over.key ?? `originals/${OWNER}/${ID}`, size: over.size ?? 3, versionId: 'v1' },
    },
  }
}

export function sqsEvent(...bodies: unknown[]): SQSEvent {
  const Records = bodies.map((body, index) => ({
    messageId: `message-${index + 1}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }))
  return { Records: Records as SQSRecord[] }
}

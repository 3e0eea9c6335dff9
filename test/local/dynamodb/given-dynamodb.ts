import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Caller } from '../../../local/aws/caller.ts'
import type { Resource } from '../../../local/aws/resource.ts'
import type { Clock } from '../../../local/clock.ts'
import type { Consumed } from '../../../local/dynamodb/consumed-capacity.ts'
import { createDynamoDB, type DynamoDB } from '../../../local/dynamodb/dynamodb.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { ENDPOINTS, PLACE } from '../assembly/given-assembly.ts'

export const TABLE = 'images'
export const TABLE_ARN = `arn:aws:dynamodb:${PLACE.region}:${PLACE.accountId}:table/${TABLE}`
/** Items of each transaction of a process that gets killed. */
export const TRANSACTION_PARTS = 5
export const operator: Caller = { kind: 'operator', arn: `arn:aws:iam::${PLACE.accountId}:user/operator` }

/** The product's own table, as TableV2 synthesizes it. */
export function imagesTable(properties: Record<string, unknown> = {}): Resource {
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ]
  return {
    logicalId: 'Images',
    type: 'AWS::DynamoDB::GlobalTable',
    physicalId: TABLE,
    attributes: { Arn: TABLE_ARN },
    properties: {
      KeySchema: key('id', 'facet'),
      AttributeDefinitions: ['id', 'facet', 'facetKey'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        { IndexName: 'byFacet', KeySchema: key('facetKey', 'id'), Projection: { ProjectionType: 'ALL' } },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      Replicas: [{ Region: PLACE.region, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      ...properties,
    },
  }
}

/** A clock that stands still until it is moved. */
export function givenClock(startMs: number): Clock & { moveBy(ms: number): void } {
  let now = startMs
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.push(timer)
      return { cancel: () => void (timers = timers.filter((other) => other !== timer)) }
    },
    moveBy(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { callback } of due) callback()
    },
  }
}

export interface Given {
  dynamodb: DynamoDB
  clock: ReturnType<typeof givenClock>
  dataDir: string
  /** What the calls consumed, in their order. */
  consumed: Consumed[]
  /** Waits for a line of the service's log. */
  logged(message: string): Promise<void>
  /** Stops the service and starts it on the same data, with this table. */
  restart(table?: Resource): Promise<Given>
  end(): Promise<void>
}

const START_MS = Date.UTC(2026, 0, 1)

export async function givenDynamoDB(table: Resource = imagesTable(), dataDir?: string): Promise<Given> {
  const folder = dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'dynamodb-'))
  const clock = givenClock(START_MS)
  const lines = new EventEmitter()
  const consumed: Consumed[] = []
  const context = {
    dataDir: folder,
    clock,
    log: (_level: unknown, _service: string, message: string) => void lines.emit(message),
    region: PLACE.region,
    accountId: PLACE.accountId,
    endpoints: ENDPOINTS,
    authorizer: createAuthorizer(),
    signatures: {
      verify: () => {
        throw new Error('Nothing is signed in process')
      },
    },
  }
  const dynamodb = createDynamoDB(context, { onConsumed: (one) => void consumed.push(one) })
  await dynamodb.deploy([table])
  return {
    dynamodb,
    clock,
    dataDir: folder,
    consumed,
    logged: async (message) => void (await once(lines, message)),
    async restart(other = table) {
      await dynamodb.stop()
      return givenDynamoDB(other, folder)
    },
    async end() {
      await dynamodb.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

import { runtime, util, type Context } from '@aws-appsync/utils'
import type { MutationRecordImageViewsArgs } from '../../generated/graphql.ts'
import type { TransactItem } from '../lib/facet-writes.ts'
import type { ImageItem } from '../lib/image.ts'
import { imageKey, viewsMarkerKey } from '../lib/keys.ts'
import { lateViewsEndEpochSeconds } from '../lib/late-views.ts'
import { checkWritten } from '../lib/write-image.ts'

/** What a cancelled transaction says of each of its actions. */
interface TransactionResult {
  cancellationReasons?: { type: string }[] | null
}

type Step = Context<
  MutationRecordImageViewsArgs, { counted?: ImageItem }, { result: ImageItem | null }, object, TransactionResult | null
>

/**
 * Mutation.recordImageViews, step 3: AppSync function on the images table.
 * request:  TransactWriteItems of the image and of a marker that must not be there yet: both are written, or nothing.
 *           2 WCU per KB of the image and as much an index, and 2 WCU
 * response: the image as counted, or as it was when the log file is counted already; null for a deleted image
 */
export function request(ctx: Step) {
  const current = ctx.prev.result
  if (!current || current.status === 'DELETED') runtime.earlyReturn(null)
  const { logFile, views } = ctx.args.input
  const table = ctx.env.TABLE_NAME!
  const marker: TransactItem = {
    table,
    operation: 'PutItem',
    key: util.dynamodb.toMapValues(viewsMarkerKey(current!.id, logFile)),
    attributeValues: util.dynamodb.toMapValues({ expiresAtEpochSeconds: lateViewsEndEpochSeconds() }),
    condition: { expression: 'attribute_not_exists(#id)', expressionNames: { '#id': 'id' } },
  }
  const lastViewedAt = laterView(current!, ctx.args.input.lastViewedAt)
  ctx.stash.counted = { ...current!, views: (current!.views ?? 0) + views, lastViewedAt }
  return {
    operation: 'TransactWriteItems',
    transactItems: [marker, countWrite(table, current!, views, lastViewedAt)],
  }
}

export function response(ctx: Step): ImageItem | null {
  const [marker] = ctx.result?.cancellationReasons ?? []
  if (ctx.error && marker && marker.type === 'ConditionalCheckFailed') return ctx.prev.result
  checkWritten(ctx.error)
  return ctx.stash.counted!
}

/** Raises no version, so that it gets in nobody's way. On condition that nobody counted or deleted meanwhile. */
function countWrite(table: string, current: ImageItem, views: number, lastViewedAt: string): TransactItem {
  const was = current.lastViewedAt ?? null
  return {
    table,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(imageKey(current.id)),
    update: {
      expression: 'SET #lastViewedAt = :lastViewedAt ADD #views :views',
      expressionNames: { '#lastViewedAt': 'lastViewedAt', '#views': 'views' },
      expressionValues: util.dynamodb.toMapValues({ ':lastViewedAt': lastViewedAt, ':views': views }),
    },
    condition: {
      expression: was === null
        ? '#status <> :deleted AND attribute_not_exists(#lastViewedAt)'
        : '#status <> :deleted AND #lastViewedAt = :was',
      expressionNames: { '#status': 'status', '#lastViewedAt': 'lastViewedAt' },
      expressionValues: util.dynamodb.toMapValues({ ':deleted': 'DELETED', ...(was === null ? {} : { ':was': was }) }),
    },
  }
}

/** The later of what is known and what is told, in UTC with milliseconds. */
function laterView(current: ImageItem, told: string): string {
  const toldMs = util.time.parseISO8601ToEpochMilliSeconds(told)
  const was = current.lastViewedAt ?? null
  if (was !== null && util.time.parseISO8601ToEpochMilliSeconds(was) >= toldMs) return was
  return util.time.epochMilliSecondsToISO8601(toldMs)
}

import { util, type Context } from '@aws-appsync/utils'
import { failOn } from './data-source-error.ts'
import { facetWrites, type FileItem, type TransactItem } from './facet-writes.ts'
import type { ImageItem } from './image.ts'
import { imageKey } from './keys.ts'
import { updateExpression } from './update-expression.ts'

/** Attributes of an image that are set, by name, and names of those that go. */
export interface ImageChanges {
  attributes: Record<string, unknown>
  removed: string[]
}

/** What the steps of a pipeline that writes an image hand on to each other. */
export interface WriteStash {
  /** The images of the file that the image is made of, for one that is to be READY. */
  file?: FileItem | null
  written?: ImageItem
}

type WriteContext = Context<object, WriteStash, object, object, ImageItem | null>

/**
 * Changes an image that was read the step before, and nothing that was changed since: on condition that the version is
 * still the one that was read. Raises the version. UpdateItem, 1 WCU per KB and as much an index; when facets come or
 * go, TransactWriteItems of the image with all of them: all is written or nothing, and twice the WCU.
 */
export function writeImage(ctx: WriteContext, current: ImageItem, changes: ImageChanges) {
  const { update, after } = imageUpdate(ctx.env.TABLE_NAME!, current, changes)
  const facets = facetWrites(ctx.env.TABLE_NAME!, current, after, ctx.stash.file ?? null)
  ctx.stash.written = after
  if (facets.length === 0) {
    const { operation, key, update: expression, condition } = update
    return { operation, key, update: expression, condition }
  }
  return { operation: 'TransactWriteItems', transactItems: [update, ...facets] }
}

/** The change of the image alone, as an action of a transaction, and the image as it is after. */
export function imageUpdate(
  table: string, current: ImageItem, { attributes, removed }: ImageChanges,
): { update: TransactItem; after: ImageItem } {
  const changed = { ...attributes, updatedAt: util.time.nowISO8601() }
  const update = {
    table,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(imageKey(current.id)),
    update: updateExpression(changed, removed),
    condition: {
      expression: '#version = :version',
      expressionNames: { '#version': 'version' },
      expressionValues: util.dynamodb.toMapValues({ ':version': current.version }),
    },
  }
  return { update, after: changedImage(current, changed, removed) }
}

function changedImage(current: ImageItem, changed: Record<string, unknown>, removed: string[]): ImageItem {
  const after: Record<string, unknown> = {}
  Object.keys(current).filter((name) => !removed.includes(name)).forEach((name) => {
    after[name] = (current as unknown as Record<string, unknown>)[name]
  })
  return { ...after, ...changed, version: current.version + 1 } as unknown as ImageItem
}

/** The image as written. Ends the resolver with `ImageChangedMeanwhile` when somebody else was faster. */
export function writtenImage(ctx: WriteContext): ImageItem {
  checkWritten(ctx.error)
  return ctx.stash.written!
}

/** How a write fails that somebody else's came before, or met. */
const CHANGED_MEANWHILE = [
  'DynamoDB:ConditionalCheckFailedException',
  'DynamoDB:TransactionCanceledException',
  'DynamoDB:TransactionConflictException',
]

/**
 * Ends the resolver when the write failed: with `ImageChangedMeanwhile` when an image had another version, or another
 * transaction was at the same items.
 */
export function checkWritten(error: { message: string; type: string } | undefined): void {
  if (error && CHANGED_MEANWHILE.includes(error.type)) {
    console.error(`${error.type}: ${error.message}`)
    util.error('The image changed at the same moment. Try again.', 'ImageChangedMeanwhile')
  }
  failOn(error)
}

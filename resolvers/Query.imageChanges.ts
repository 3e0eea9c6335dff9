import { util, type Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { ImageConnection, QueryImageChangesArgs } from '../generated/graphql.ts'
import { callerSub } from './lib/identity.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { BY_CHANGE } from './lib/keys.ts'
import { checkLimit } from './lib/page-limit.ts'
import { pageOf, type QueryPage } from './lib/page-of-query.ts'

/**
 * Query.imageChanges: unit resolver on the images table.
 * request:  Query of index byChange, partition <owner>, from a moment on, oldest first; 0.5 RCU per 4 KB read
 * response: one page; `nextToken` is null on the last one
 */
export function request(ctx: Context<QueryImageChangesArgs>) {
  // Written in every form that AWSDateTime allows; stored, and compared as text, in one: UTC with milliseconds.
  const since = util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(ctx.args.since))
  return query({
    index: BY_CHANGE,
    query: { owner: { eq: callerSub(ctx.identity) }, updatedAt: { ge: since } },
    scanIndexForward: true,
    limit: checkLimit(ctx.args.limit),
    nextToken: ctx.args.nextToken,
  })
}

type Result = Context<QueryImageChangesArgs, object, object, object, QueryPage<ImageItem>>

export function response(ctx: Result): ImageConnection {
  const { items, nextToken } = pageOf(ctx)
  return { items: items.map((item) => toImage(item, ctx.env.MEDIA_BASE_URL!)), nextToken: nextToken ?? null }
}

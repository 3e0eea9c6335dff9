import type { Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { LabelCount, LabelCountConnection, QueryLabelsArgs } from '../generated/graphql.ts'
import { callerSub } from './lib/identity.ts'
import { labelCountsKey } from './lib/keys.ts'
import { checkLimit } from './lib/page-limit.ts'
import { pageOf, type QueryPage } from './lib/page-of-query.ts'

/** A label count as the table holds it. */
interface LabelCountItem extends LabelCount {
  id: string
  facet: string
}

/**
 * Query.labels: unit resolver on the images table.
 * request:  Query of the table, partition <owner>#LABELS, in alphabetical order; 0.5 RCU per some 40 labels
 * response: one page, less the labels that no image has any more
 */
export function request(ctx: Context<QueryLabelsArgs>) {
  return query({
    query: { id: { eq: labelCountsKey(callerSub(ctx.identity)) } },
    limit: checkLimit(ctx.args.limit),
    nextToken: ctx.args.nextToken,
  })
}

type Result = Context<QueryLabelsArgs, object, object, object, QueryPage<LabelCountItem>>

export function response(ctx: Result): LabelCountConnection {
  const { items, nextToken } = pageOf(ctx)
  const counted = items.filter(({ count }) => count > 0)
  return { items: counted.map(({ name, count }) => ({ name, count })), nextToken: nextToken ?? null }
}

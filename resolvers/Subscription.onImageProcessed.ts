import type { Context } from '@aws-appsync/utils'
import type { SubscriptionOnImageProcessedArgs } from '../generated/graphql.ts'
import { callerSub } from './lib/identity.ts'
import { OUTCOME_STATUSES } from './lib/outcome.ts'
import { filterOn } from './lib/subscription-filter.ts'

/**
 * Subscription.onImageProcessed: unit resolver without a data source, run once when a client subscribes.
 * response: sets the filter on the server: the caller's own images, terminal states, and the one image if asked for
 */
export function request() {
  return { payload: null }
}

export function response(ctx: Context<SubscriptionOnImageProcessedArgs>) {
  return filterOn({ owner: { eq: callerSub(ctx.identity) }, status: { in: OUTCOME_STATUSES } }, ctx.args.id)
}

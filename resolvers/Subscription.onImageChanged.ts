import type { Context } from '@aws-appsync/utils'
import type { SubscriptionOnImageChangedArgs } from '../generated/graphql.ts'
import { callerSub } from './lib/identity.ts'
import { filterOn } from './lib/subscription-filter.ts'

/**
 * Subscription.onImageChanged: unit resolver without a data source, run once when a client subscribes.
 * response: sets the filter on the server: the caller's own images, and the one image if asked for
 */
export function request() {
  return { payload: null }
}

export function response(ctx: Context<SubscriptionOnImageChangedArgs>) {
  return filterOn({ owner: { eq: callerSub(ctx.identity) } }, ctx.args.id)
}

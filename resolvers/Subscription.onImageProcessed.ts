import { extensions, util, type Context } from '@aws-appsync/utils'
import type { SubscriptionOnImageProcessedArgs } from '../generated/graphql.ts'
import { callerSub } from './lib/identity.ts'
import { TERMINAL_STATUSES } from './lib/outcome.ts'

/**
 * Subscription.onImageProcessed: unit resolver without a data source, run once when a client subscribes.
 * response: sets the filter on the server: the caller's own images, terminal states, and the one image if asked for
 */
export function request() {
  return { payload: null }
}

export function response(ctx: Context<SubscriptionOnImageProcessedArgs>) {
  const mine = { owner: { eq: callerSub(ctx.identity) }, status: { in: TERMINAL_STATUSES } }
  const id = ctx.args.id ?? null
  const filter = id === null ? mine : { ...mine, id: { eq: id } }
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter))
  return null
}

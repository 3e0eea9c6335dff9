import { extensions, util } from '@aws-appsync/utils'

/**
 * Sets which events a subscriber gets, on the server: those that pass the filter, of the one image if an id is given.
 * @returns what a subscription resolver answers
 */
export function filterOn(filter: Record<string, Record<string, unknown>>, id: string | null | undefined): null {
  const asked = id ?? null
  const complete = asked === null ? filter : { ...filter, id: { eq: asked } }
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(complete))
  return null
}

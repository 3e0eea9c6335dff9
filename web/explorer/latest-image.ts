import type { Outputs } from '../configure-amplify.ts'
import { authorizationHeaders, type Principal } from './principal.ts'

/** The newest image that the caller may see: a user's own, a guest's PUBLIC one. */
const QUERIES = {
  user: '{ list: images(limit: 1) { items { id } } }',
  guest: '{ list: publicImages(limit: 1) { items { id } } }',
} as const satisfies Record<Principal['kind'], string>

/** @returns its id; null when there is none, or when nobody answers: then a saved operation keeps its example */
export async function latestImageId(principal: Principal, outputs: Outputs): Promise<string | null> {
  try {
    const response = await fetch(outputs.data.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await authorizationHeaders(principal, outputs)) },
      body: JSON.stringify({ query: QUERIES[principal.kind] }),
    })
    const { data } = (await response.json()) as { data?: { list: { items: { id: string }[] } | null } | null }
    return data?.list?.items[0]?.id ?? null
  } catch {
    return null
  }
}

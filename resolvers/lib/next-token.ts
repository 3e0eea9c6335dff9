import { util } from '@aws-appsync/utils'
import { isImageId } from './keys.ts'
import { shown } from './shown.ts'

/** Stands before the id, so that another kind of token can be told from this one. */
const VERSION = 'v1:'

/** Base64 of the version and a ULID: 29 bytes are 39 characters and one of padding. */
const TOKEN = '^[A-Za-z0-9+/]{39}=$'

/** The `nextToken` of a list that is ordered by id and goes on below this one. */
export function tokenAfter(id: string): string {
  return util.base64Encode(`${VERSION}${id}`)
}

/**
 * The id below which the list goes on; null for the first page. Ends the resolver with `InvalidNextToken` for anything
 * that `tokenAfter` can't have made. The token is not signed: APPSYNC_JS has no HMAC. Who makes one up moves where
 * the page starts, and sees nothing that the list would not show anyway; so it serves lists alone that are the same
 * for every caller.
 */
export function idBefore(nextToken: string | null | undefined): string | null {
  if (nextToken === undefined || nextToken === null) return null
  const text = util.matches(TOKEN, nextToken) ? util.base64Decode(nextToken) : ''
  const id = text.slice(VERSION.length)
  if (!text.startsWith(VERSION) || !isImageId(id)) invalidNextToken(nextToken)
  return id
}

/** Ends the resolver: the token was not made by this list, or not for this caller. */
export function invalidNextToken(nextToken: string): void {
  util.error(`nextToken must be the nextToken of an earlier page of this list, got "${shown(nextToken)}".`,
    'InvalidNextToken')
}

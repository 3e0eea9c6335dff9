import type { Context } from '@aws-appsync/utils'
import { failOn } from './data-source-error.ts'
import { invalidNextToken } from './next-token.ts'

/** What a Query answers. */
export interface QueryPage<Item> {
  items: Item[]
  nextToken?: string | null
}

/**
 * How AppSync tells that it can't open a token: it was tampered with, or made for another list or caller. Read in
 * answers of AWS that users of Amplify published; the type alone covers other bad requests too.
 */
const INVALID_TOKEN = {
  type: 'DynamoDB:UserIllegalArgumentException',
  cause: 'InvalidPaginationTokenException',
}

type PageContext<Item> = Context<{ nextToken?: string | null }, object, object, object, QueryPage<Item>>

/** The page that a Query read. Ends the resolver with `InvalidNextToken` for a token that this list did not give. */
export function pageOf<Item>(ctx: PageContext<Item>): QueryPage<Item> {
  const given = ctx.args.nextToken ?? null
  if (given !== null && isInvalidToken(ctx.error)) invalidNextToken(given)
  failOn(ctx.error)
  return ctx.result
}

function isInvalidToken(error: { message: string; type: string } | undefined): boolean {
  return !!error && error.type === INVALID_TOKEN.type && error.message.includes(INVALID_TOKEN.cause)
}

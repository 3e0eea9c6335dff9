import type { Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { ImageConnection, QueryImagesArgs } from '../generated/graphql.ts'
import { failOn } from './lib/data-source-error.ts'
import { callerSub } from './lib/identity.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { BY_FACET, statusFacetKey } from './lib/keys.ts'
import { invalidNextToken } from './lib/next-token.ts'
import { checkLimit } from './lib/page-limit.ts'

/** Used when the caller passes null; leaving the argument out takes the schema's default, which is the same. */
const DEFAULT_STATUS = 'READY'

/**
 * How AppSync tells that it can't open a token: it was tampered with, or made for another list or caller. Read in
 * answers of AWS that users of Amplify published; the type alone covers other bad requests too.
 */
const INVALID_TOKEN = {
  type: 'DynamoDB:UserIllegalArgumentException',
  cause: 'InvalidPaginationTokenException',
}

/**
 * Query.images: unit resolver on the images table.
 * request:  Query of index byFacet, partition <owner>#<status>, newest first; 0.5 RCU per 4 KB read
 * response: one page; `nextToken` is null on the last one
 */
export function request(ctx: Context<QueryImagesArgs>) {
  const limit = checkLimit(ctx.args.limit)
  const status = ctx.args.status ?? DEFAULT_STATUS
  return query({
    index: BY_FACET,
    query: { facetKey: { eq: statusFacetKey(callerSub(ctx.identity), status) } },
    scanIndexForward: false,
    limit,
    nextToken: ctx.args.nextToken,
  })
}

type Page = { items: ImageItem[]; nextToken?: string | null }

export function response(ctx: Context<QueryImagesArgs, object, object, object, Page>): ImageConnection {
  const nextTokenGiven = ctx.args.nextToken ?? null
  if (nextTokenGiven !== null && isInvalidToken(ctx.error)) invalidNextToken(nextTokenGiven)
  failOn(ctx.error)
  const { items, nextToken } = ctx.result
  return { items: items.map((item) => toImage(item, ctx.env.MEDIA_BASE_URL!)), nextToken }
}

function isInvalidToken(error: { message: string; type: string } | undefined): boolean {
  return !!error && error.type === INVALID_TOKEN.type && error.message.includes(INVALID_TOKEN.cause)
}

import { runtime, type Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { QuerySimilarImagesArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import { bandsOf } from '../lib/facets.ts'
import { callerSub } from '../lib/identity.ts'
import { BY_FACET, facetKeyOf } from '../lib/keys.ts'
import type { QueryPage } from '../lib/page-of-query.ts'
import { hammingDistance } from './hamming-distance.ts'
import type { SimilarImagesStash } from './stash.ts'

/**
 * Candidates of one band that are compared. Of N images of an owner N / 65,536 share a band by chance, so it takes
 * some 16 million images to reach it.
 */
const MAX_CANDIDATES = 250

interface Candidate {
  id: string
  perceptualHash: string
}

export type BandContext =
  Context<QuerySimilarImagesArgs, SimilarImagesStash, object, object, QueryPage<Candidate>>

/** The images that share a band, 0 to 3, with the hash: Query of index byFacet; 0.5 RCU per some 20 candidates. */
export function queryBand(ctx: BandContext, band: number) {
  const { hash } = ctx.stash
  if (hash === '') runtime.earlyReturn({})
  return query<Candidate & { facetKey: string }>({
    index: BY_FACET,
    query: { facetKey: { eq: facetKeyOf(callerSub(ctx.identity), bandsOf(hash)[band]!) } },
    scanIndexForward: false,
    limit: MAX_CANDIDATES,
    projection: ['id', 'perceptualHash'],
  })
}

/** Keeps those that are near enough, each with its distance; not the image itself. */
export function compareBand(ctx: BandContext) {
  failOn(ctx.error)
  const { hash, maxDistance, distances } = ctx.stash
  const { items, nextToken } = ctx.result
  items.forEach(({ id, perceptualHash }) => {
    const distance = hammingDistance(hash, perceptualHash)
    if (id !== ctx.args.id && distance <= maxDistance) distances[id] = distance
  })
  if (nextToken) ctx.stash.isCut = true
  return {}
}

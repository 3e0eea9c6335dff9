import { compareBand, queryBand, type BandContext } from './bands.ts'

/** Query.similarImages, step 3: AppSync function on the images table, for band 1. */
export function request(ctx: BandContext) {
  return queryBand(ctx, 1)
}

export function response(ctx: BandContext) {
  return compareBand(ctx)
}

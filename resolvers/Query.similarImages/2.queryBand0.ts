import { compareBand, queryBand, type BandContext } from './bands.ts'

/** Query.similarImages, step 2: AppSync function on the images table, for band 0. */
export function request(ctx: BandContext) {
  return queryBand(ctx, 0)
}

export function response(ctx: BandContext) {
  return compareBand(ctx)
}

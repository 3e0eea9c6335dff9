import { compareBand, queryBand, type BandContext } from './bands.ts'

/** Query.similarImages, step 4: AppSync function on the images table, for band 2. */
export function request(ctx: BandContext) {
  return queryBand(ctx, 2)
}

export function response(ctx: BandContext) {
  return compareBand(ctx)
}

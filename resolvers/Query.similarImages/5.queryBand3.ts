import { compareBand, queryBand, type BandContext } from './bands.ts'

/** Query.similarImages, step 5: AppSync function on the images table, for band 3. */
export function request(ctx: BandContext) {
  return queryBand(ctx, 3)
}

export function response(ctx: BandContext) {
  return compareBand(ctx)
}

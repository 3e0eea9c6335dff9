import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 1: AppSync function on the images table, for shard 0. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 0)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

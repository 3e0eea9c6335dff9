import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 2: AppSync function on the images table, for shard 1. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 1)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

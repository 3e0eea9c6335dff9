import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 8: AppSync function on the images table, for shard 7. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 7)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

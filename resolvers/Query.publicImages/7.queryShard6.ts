import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 7: AppSync function on the images table, for shard 6. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 6)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

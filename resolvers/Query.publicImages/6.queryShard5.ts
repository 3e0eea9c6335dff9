import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 6: AppSync function on the images table, for shard 5. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 5)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

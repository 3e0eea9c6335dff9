import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 5: AppSync function on the images table, for shard 4. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 4)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

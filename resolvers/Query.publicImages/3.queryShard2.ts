import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 3: AppSync function on the images table, for shard 2. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 2)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

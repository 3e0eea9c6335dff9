import { mergeShard, queryShard, type ShardContext } from './shards.ts'

/** Query.publicImages, step 4: AppSync function on the images table, for shard 3. */
export function request(ctx: ShardContext) {
  return queryShard(ctx, 3)
}

export function response(ctx: ShardContext) {
  return mergeShard(ctx)
}

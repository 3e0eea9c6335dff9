import { isRecord } from '../../aws/json.ts'
import type { DataSource } from './data-source.ts'

/** The data source that calls nothing: `ctx.result` is the request's `payload`. */
export function noneDataSource(name: string): DataSource {
  return {
    name,
    type: 'NONE',
    invoke: (request) => Promise.resolve({ result: isRecord(request) ? request.payload ?? null : null }),
  }
}

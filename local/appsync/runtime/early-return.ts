import type { runtime as Runtime } from '@aws-appsync/utils'
import { EarlyReturnSignal, RuntimeFault } from './signals.ts'
import { isPlainObject } from './to-json.ts'
import type { MembersOf } from './util/members-of.ts'

/** Where a pipeline goes on after an early return without options: at the next step. */
const DEFAULT_SKIP_TO = 'NEXT'

/** The global `runtime`. */
export const runtime = {
  /** Ends the handler with a value; the data source and the response handler are skipped. */
  earlyReturn(value?: unknown, options?: unknown): never {
    const skipTo = isPlainObject(options) ? options.skipTo ?? DEFAULT_SKIP_TO : DEFAULT_SKIP_TO
    if (skipTo !== 'END' && skipTo !== 'NEXT')
      throw new RuntimeFault(`expected skipTo to be END or NEXT, got ${String(skipTo)}`)
    throw new EarlyReturnSignal(value, skipTo)
  },
} satisfies MembersOf<typeof Runtime>

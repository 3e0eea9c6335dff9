import { format } from 'node:util'

/** Levels in rising order; `AWS_LAMBDA_LOG_LEVEL` leaves out what is below. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const
type Level = (typeof LEVELS)[number]

const METHODS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const

export interface LogOptions {
  format: 'Text' | 'JSON'
  /** JSON only. */
  level?: string
  /** Of the invocation under way; undefined outside of one. */
  requestId(): string | undefined
}

const errorMembers = (error: Error): Record<string, unknown> => ({
  errorType: error.constructor.name,
  errorMessage: error.message,
  stackTrace: (error.stack ?? '').split('\n'),
})

function jsonLine(level: Level, requestId: string | undefined, args: unknown[]): string {
  const head = { timestamp: new Date().toISOString(), level, requestId }
  const [only] = args
  if (args.length === 1) {
    try {
      const message = only instanceof Error ? { ...errorMembers(only), ...only } : only
      return JSON.stringify({ ...head, message })
    } catch {
      return JSON.stringify({ ...head, message: format(only) })
    }
  }
  const error = args.find((arg) => arg instanceof Error)
  return JSON.stringify({ ...head, message: format(...args), ...(error && errorMembers(error)) })
}

/** One line of the function's log, as Lambda's Node runtime writes it. */
export function logLine(level: Level, options: LogOptions, args: unknown[]): string {
  const requestId = options.requestId()
  if (options.format === 'JSON') return jsonLine(level, requestId, args)
  return [new Date().toISOString(), requestId ?? 'undefined', level, format(...args)].join('\t')
}

/** Makes the global console write lines with time, request id and level. What goes to stdout directly stays raw. */
export function patchConsole(options: LogOptions): void {
  const threshold = LEVELS.indexOf((options.level ?? 'TRACE') as Level)
  for (const [method, level] of Object.entries(METHODS)) {
    console[method as keyof typeof METHODS] = (...args: unknown[]): void => {
      if (options.format === 'JSON' && LEVELS.indexOf(level) < threshold) return
      process.stdout.write(`${logLine(level, options, args)}\n`)
    }
  }
}

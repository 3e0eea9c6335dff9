import type { Log } from './aws/context.ts'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LEVELS)[number]

/** Widest service name in the log, so that messages stand in a column. */
const SERVICE_COLUMN_CHARACTERS = 11

/**
 * Writes a line for each entry: time, level where it matters, service, message, details as JSON.
 * @param stream where lines go, e.g. `process.stderr`
 * @param least entries below this level are left out
 */
export function createLog(stream: { write(text: string): unknown }, least: Level): Log {
  const from = LEVELS.indexOf(least)
  return (level, service, message, details) => {
    if (LEVELS.indexOf(level) < from) return
    const time = new Date().toISOString().slice(11, 23)
    const sign = level === 'warn' ? ' warning:' : level === 'error' ? ' error:' : ''
    const rest = details === undefined ? '' : ` ${JSON.stringify(details)}`
    stream.write(`${time} ${service.padEnd(SERVICE_COLUMN_CHARACTERS)}${sign} ${message}${rest}\n`)
  }
}

/** For whoever does not want to hear anything. */
export const silentLog: Log = () => undefined

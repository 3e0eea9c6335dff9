import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../aws/context.ts'
import { LATEST } from './environment-variables.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { LOG_TAIL_BYTES } from './limits.ts'

/** A log file larger than this is put aside as `<name>.log.1` at the next start, in bytes. */
const LOG_FILE_BYTES = 10 * 1024 * 1024

export const KIB_PER_MIB = 1_024

/** What the platform itself has to say of an invocation. */
export interface Report {
  requestId: string
  durationMs: number
  /** Of the first invocation of an environment. */
  initMs?: number
  /** Peak of the process so far, in KiB; undefined when it died before it could tell. */
  maxRssKb?: number
  status: 'success' | 'error' | 'timeout'
  errorType?: string
}

/** Where everything a function prints goes: its file, raw, and the run's log. */
export class FunctionLog {
  private readonly file: string

  /** @param folder exists already */
  constructor(
    private readonly definition: FunctionDefinition,
    private readonly log: Log,
    folder: string,
  ) {
    this.file = join(folder, `${definition.name}.log`)
    if (existsSync(this.file) && statSync(this.file).size > LOG_FILE_BYTES) renameSync(this.file, `${this.file}.1`)
  }

  line(text: string): void {
    appendFileSync(this.file, `${text}\n`)
    this.log('debug', 'lambda', text, { function: this.definition.name })
  }

  warn(message: string): void {
    this.log('warn', 'lambda', message, { function: this.definition.name })
  }

  /** The platform's lines, in the function's log format. */
  start(requestId: string): string {
    return this.isJson
      ? this.platform('platform.start', { requestId, version: LATEST })
      : `START RequestId: ${requestId} Version: ${LATEST}`
  }

  end(report: Report): string[] {
    const { requestId, durationMs, initMs, maxRssKb, status, errorType } = report
    const billedDurationMs = Math.ceil(durationMs + (initMs ?? 0))
    const maxMemoryUsedMB = maxRssKb === undefined ? undefined : Math.round(maxRssKb / KIB_PER_MIB)
    const memorySizeMB = this.definition.memoryMb
    if (this.isJson) {
      const metrics = { durationMs: round(durationMs), billedDurationMs, memorySizeMB, maxMemoryUsedMB }
      const init = initMs === undefined ? {} : { initDurationMs: round(initMs) }
      return [this.platform('platform.report', { requestId, status, errorType, metrics: { ...metrics, ...init } })]
    }
    return [
      `END RequestId: ${requestId}`,
      [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${durationMs.toFixed(2)} ms`,
        `Billed Duration: ${billedDurationMs} ms`,
        `Memory Size: ${memorySizeMB} MB`,
        ...(maxMemoryUsedMB === undefined ? [] : [`Max Memory Used: ${maxMemoryUsedMB} MB`]),
        ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
        ...(status === 'success' ? [] : [`Status: ${status}`]),
        ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
      ].join('\t'),
    ]
  }

  private get isJson(): boolean {
    return this.definition.logFormat === 'JSON'
  }

  private platform(type: string, record: Record<string, unknown>): string {
    return JSON.stringify({ time: new Date().toISOString(), type, record })
  }
}

const HUNDREDTHS = 100
const round = (ms: number): number => Math.round(ms * HUNDREDTHS) / HUNDREDTHS

/** The end of a log: whole lines, as many as fit. */
export function logTail(lines: string[]): string {
  let bytes = 0
  let first = lines.length
  while (first > 0) {
    bytes += Buffer.byteLength(lines[first - 1] ?? '') + 1
    if (bytes > LOG_TAIL_BYTES) break
    first -= 1
  }
  return lines.slice(first).map((line) => `${line}\n`).join('')
}

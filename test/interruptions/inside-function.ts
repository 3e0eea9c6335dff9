import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Loaded before a function's own code, by NODE_OPTIONS: its process follows the moved clock, and its calls say which
 * process and which invocation they come from. The code of the function is what is deployed, and knows nothing of it.
 */

/** Header by which the proxy tells whose call it is: process id, and the invocation's trace. */
const INVOCATION_HEADER = 'x-test-invocation'

/** Header of an answer after which the process is to die, in so many milliseconds, unless its invocation has ended. */
const CRASH_HEADER = 'x-test-crash-ms'

/** File of the moved clock. */
const CLOCK_FILE = process.env.MOVED_CLOCK_FILE ?? ''

/** How old a reading of the file may be, in milliseconds of real time. */
const READING_MS = 20

/** Delays from here on follow the moved clock, in milliseconds; shorter ones are real. */
const LONG_DELAY_MS = 4_000

/** How often a long delay looks at the clock, in milliseconds. */
const LOOK_MS = 25

let reading = { at: -Infinity, movedMs: 0 }

function movedMs(): number {
  const at = performance.now()
  if (at - reading.at > READING_MS) reading = { at, movedMs: Number(readFileSync(CLOCK_FILE, 'utf8')) }
  return reading.movedMs
}

const SystemDate = Date

/** The moved time for whoever asks for the present; all else as ever. */
const MovedDate = new Proxy(SystemDate, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [SystemDate.now() + movedMs()] : args, newTarget) as object,
  get: (target, name, receiver) =>
    name === 'now' ? () => SystemDate.now() + movedMs() : (Reflect.get(target, name, receiver) as unknown),
})

const systemSetTimeout = setTimeout

/** `clearTimeout` ends an interval too. */
const movedSetTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout => {
  if (!(ms >= LONG_DELAY_MS)) return systemSetTimeout(callback, ms, ...args)
  const dueAt = MovedDate.now() + ms
  const timer = setInterval(() => {
    if (MovedDate.now() < dueAt) return
    clearInterval(timer)
    callback(...args)
  }, LOOK_MS)
  return timer
}

const invocation = (): string => `${process.pid} ${process.env._X_AMZN_TRACE_ID ?? ''}`

/** Dies in the middle of what comes next. The next invocation, of another image perhaps, is spared. */
function crashAfter(delayMs: string | null | undefined): void {
  if (!delayMs) return
  const of = invocation()
  systemSetTimeout(() => {
    if (invocation() === of) process.kill(process.pid, 'SIGKILL')
  }, Number(delayMs)).unref()
}

const systemRequest = http.request
const systemFetch = globalThis.fetch

http.request = ((options: RequestOptions, ...rest: [never]) => {
  const headers = { ...options.headers, [INVOCATION_HEADER]: invocation() }
  const request = systemRequest({ ...options, headers }, ...rest)
  return request.once('response', (response: IncomingMessage) => crashAfter(response.headers[CRASH_HEADER]?.toString()))
}) as typeof http.request
syncBuiltinESMExports()

Object.assign(globalThis, {
  Date: MovedDate,
  setTimeout: Object.assign(movedSetTimeout, systemSetTimeout),
  async fetch(input: RequestInfo | URL, init: RequestInit = {}) {
    const headers = { ...(init.headers as object), [INVOCATION_HEADER]: invocation() }
    const response = await systemFetch(input, { ...init, headers })
    crashAfter(response.headers.get(CRASH_HEADER))
    return response
  },
})

import type { ErrorDocument } from '../runtime-messages.ts'

/** An error as the caller gets it: whatever was thrown, also what is no Error. */
export function toErrorDocument(thrown: unknown): ErrorDocument {
  if (thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }
}

/** An error in one line of the log, with whatever else its properties say. */
export function toLogLine(thrown: unknown): string {
  if (!(thrown instanceof Error)) return JSON.stringify(toErrorDocument(thrown))
  const { errorType, errorMessage, trace: stack } = toErrorDocument(thrown)
  try {
    return JSON.stringify({ errorType, errorMessage, ...thrown, stack })
  } catch {
    // A property that JSON can't hold must not hide the error.
    return JSON.stringify({ errorType, errorMessage, stack })
  }
}

/** Makes an error whose name callers and alarms know Lambda's own failures by. */
export function runtimeError(name: string, message: string, cause?: unknown): Error {
  const error = new Error(message, { cause })
  error.name = name
  return error
}

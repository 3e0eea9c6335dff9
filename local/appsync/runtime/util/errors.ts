import type { RaisedError } from '../../code-runtime.ts'
import { current } from '../current.ts'
import { ErrorSignal, UnauthorizedSignal } from '../signals.ts'
import { toJson } from '../to-json.ts'

function raisedError(message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): RaisedError {
  return {
    message: message === undefined || message === null ? '' : String(message),
    errorType: errorType === undefined || errorType === null ? null : String(errorType),
    data: toJson(data),
    errorInfo: toJson(errorInfo),
  }
}

/** Ends the handler with an error; `data` is filtered by the selection set later, `errorInfo` is not. */
export function error(message?: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): never {
  throw new ErrorSignal(raisedError(message, errorType, data, errorInfo))
}

/** Adds an error and goes on. */
export function appendError(message?: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): void {
  current().appendedErrors.push(raisedError(message, errorType, data, errorInfo))
}

/** Ends the handler as AppSync ends a field that the caller may not see. */
export function unauthorized(): never {
  throw new UnauthorizedSignal('Unauthorized')
}

/** How the caller was authorized, e.g. `User Pool Authorization`. */
export const authType = (): string => current().authType

import { AwsError } from '../aws/errors.ts'

/**
 * What a field's error says besides its message; AppSync puts these at the top of the error, not under
 * `extensions`.
 */
export interface ErrorDetails {
  errorType: string | null
  errorInfo?: unknown
  data?: unknown
}

/** Ends one field: its value is null and the error joins the answer's list. */
export class FieldError extends Error {
  readonly errorType: string | null
  readonly errorInfo: unknown
  readonly data: unknown

  constructor(message: string, { errorType, errorInfo = null, data = null }: ErrorDetails) {
    super(message)
    this.errorType = errorType
    this.errorInfo = errorInfo
    this.data = data
  }
}

/** Ends a whole request before anything is executed. */
export class RequestRefused extends Error {
  constructor(readonly statusCode: number, readonly errorType: string, message: string) {
    super(message)
  }
}

/** The refusal of a single field, in AppSync's words. */
export function notAuthorizedTo(fieldName: string, typeName: string): FieldError {
  return new FieldError(`Not Authorized to access ${fieldName} on type ${typeName}`, { errorType: 'Unauthorized' })
}

/** A request object that a data source can't read. */
export function mappingError(message: string): FieldError {
  return new FieldError(message, { errorType: 'MappingTemplate' })
}

/** An error of the local run itself that no response handler may swallow, such as NotImplemented. */
export function fieldErrorOf(error: unknown): FieldError {
  if (error instanceof FieldError) return error
  if (error instanceof AwsError) return new FieldError(error.message, { errorType: error.code })
  return new FieldError('An internal failure occurred while resolving this field.', { errorType: 'InternalFailure' })
}

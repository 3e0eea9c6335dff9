import { AwsError } from '../aws/errors.ts'

/** Lambda's errors that are answered here, with their HTTP status. Source: Lambda's service model. */
const STATUS = {
  ResourceNotFoundException: 404,
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
  ServiceException: 500,
} as const

export class LambdaError extends AwsError {
  constructor(code: keyof typeof STATUS, message: string, members: Record<string, unknown> = {}) {
    super(code, message, STATUS[code], members)
  }
}

import { AwsError } from '../aws/errors.ts'

/** Namespace of the errors that the service's model lists. */
const MODELLED = 'com.amazonaws.sqs'
/** Namespace of those it does not list. */
const COMMON = 'com.amazon.coral.service'

/**
 * SQS's errors by their name in the JSON protocol: where `__type` says they belong, what clients of the older query
 * protocol know them as, and their HTTP status. Source: the `awsQueryError` traits of SQS's Smithy model.
 */
const ERRORS = {
  BatchEntryIdsNotDistinct: {
    namespace: MODELLED,
    query: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
    status: 400,
  },
  BatchRequestTooLong: { namespace: MODELLED, query: 'AWS.SimpleQueueService.BatchRequestTooLong', status: 400 },
  EmptyBatchRequest: { namespace: MODELLED, query: 'AWS.SimpleQueueService.EmptyBatchRequest', status: 400 },
  InvalidAttributeName: { namespace: MODELLED, query: 'InvalidAttributeName', status: 400 },
  InvalidBatchEntryId: { namespace: MODELLED, query: 'AWS.SimpleQueueService.InvalidBatchEntryId', status: 400 },
  InvalidMessageContents: { namespace: MODELLED, query: 'InvalidMessageContents', status: 400 },
  MessageNotInflight: { namespace: MODELLED, query: 'AWS.SimpleQueueService.MessageNotInflight', status: 400 },
  OverLimit: { namespace: MODELLED, query: 'OverLimit', status: 403 },
  PurgeQueueInProgress: { namespace: MODELLED, query: 'AWS.SimpleQueueService.PurgeQueueInProgress', status: 403 },
  QueueDoesNotExist: { namespace: MODELLED, query: 'AWS.SimpleQueueService.NonExistentQueue', status: 400 },
  ReceiptHandleIsInvalid: { namespace: MODELLED, query: 'ReceiptHandleIsInvalid', status: 404 },
  ResourceNotFoundException: { namespace: MODELLED, query: 'ResourceNotFoundException', status: 404 },
  TooManyEntriesInBatchRequest: {
    namespace: MODELLED,
    query: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    status: 400,
  },
  UnsupportedOperation: { namespace: MODELLED, query: 'AWS.SimpleQueueService.UnsupportedOperation', status: 400 },
  InvalidParameterValueException: { namespace: COMMON, query: 'InvalidParameterValue', status: 400 },
  MissingRequiredParameterException: { namespace: COMMON, query: 'MissingParameter', status: 400 },
} as const satisfies Record<string, { namespace: string; query: string; status: number }>

export type SqsErrorCode = keyof typeof ERRORS

/** An error of SQS, with what today's clients read from its headers beside the body. */
export class SqsError extends AwsError {
  /** Members of every SQS error response: clients compare `Error.Code` against the query protocol's names. */
  readonly headers: Readonly<Record<string, string>>
  /** `__type` of the body. */
  readonly type: string
  /** The query protocol's name, also the `Code` of a failed batch entry. */
  readonly queryCode: string

  constructor(code: SqsErrorCode, message: string) {
    const { namespace, query, status } = ERRORS[code]
    super(code, message, status)
    this.queryCode = query
    this.type = `${namespace}#${code}`
    this.headers = { 'x-amzn-query-error': `${query};Sender` }
  }
}

export const queueDoesNotExist = (what: string): SqsError =>
  new SqsError('QueueDoesNotExist', `The specified queue does not exist: ${what}`)

/** A parameter outside of what is allowed; `reason` is a sentence that names what was expected. */
export const invalidParameter = (parameter: string, received: unknown, reason: string): SqsError =>
  new SqsError(
    'InvalidParameterValueException',
    `Value ${String(received)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  )

export const missingParameter = (parameter: string): SqsError =>
  new SqsError('MissingRequiredParameterException', `The request must contain the parameter ${parameter}.`)

import { AwsError } from '../aws/errors.ts'

/** S3's error codes with their HTTP status. Source: S3 API reference, "Error responses". */
const STATUS_BY_CODE = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BadRequest: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const satisfies Record<string, number>

export type S3ErrorCode = keyof typeof STATUS_BY_CODE

/** An error of S3's; `members` become elements of the XML, `headers` go with the answer. */
export class S3Error extends AwsError {
  constructor(
    code: S3ErrorCode,
    message: string,
    members: Record<string, string | number> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(code, message, STATUS_BY_CODE[code], members)
  }
}

/** S3's own shape for what it does not do; says what it was. */
export const notEmulated = (what: string): S3Error =>
  new S3Error('NotImplemented', `${what} is not emulated by the local run. See local/s3/README.md; use AWS for it.`)

export const accessDenied = (message = 'Access Denied', members: Record<string, string | number> = {}): S3Error =>
  new S3Error('AccessDenied', message, members)

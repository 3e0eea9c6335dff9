import { createHash } from 'node:crypto'
import type { Caller } from '../../aws/caller.ts'
import { AwsError } from '../../aws/errors.ts'
import { type ServiceContext, SignatureError, type SignatureFault, type SignedRequest } from '../../aws/context.ts'
import { RequestRefused } from '../errors.ts'
import type { IamIdentity, Principal } from './identity.ts'
import { FORBIDDEN, UNAUTHORIZED } from './status.ts'

/** The name that AppSync signs under. */
const SIGNING_NAME = 'appsync'
/** Length of an IAM unique id after its four-letter prefix. Source: IAM user guide, "Unique identifiers". */
const UNIQUE_ID_LENGTH = 17

const ERROR_OF_FAULT = {
  missing: ['UnauthorizedException', 'Valid authorization header not provided.', UNAUTHORIZED],
  malformed: ['IncompleteSignatureException', undefined, FORBIDDEN],
  'unknown-access-key': [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    FORBIDDEN,
  ],
  'wrong-session-token': [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    FORBIDDEN,
  ],
  'wrong-scope': ['InvalidSignatureException', undefined, FORBIDDEN],
  'clock-skew': ['InvalidSignatureException', undefined, FORBIDDEN],
  expired: ['InvalidSignatureException', undefined, FORBIDDEN],
  mismatch: ['InvalidSignatureException', undefined, FORBIDDEN],
  'body-hash-mismatch': ['InvalidSignatureException', undefined, FORBIDDEN],
} satisfies Record<SignatureFault, [errorType: string, message: string | undefined, statusCode: number]>

/**
 * Checks the signature of a request.
 * @throws RequestRefused with the code of AWS's signature errors
 */
export function authenticateIam(
  request: SignedRequest,
  sourceIp: string,
  context: Pick<ServiceContext, 'signatures' | 'region'>,
): Principal {
  try {
    const { caller } = context.signatures.verify(request, { service: SIGNING_NAME, region: context.region })
    return { mode: 'AWS_IAM', caller, identity: iamIdentity(caller, sourceIp) }
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    const [errorType, message, statusCode] = ERROR_OF_FAULT[error.fault]
    throw new RequestRefused(statusCode, errorType, message ?? error.message)
  }
}

/** Whether IAM lets the caller use a field of an operation type; nested fields are not IAM's business. */
export function mayUseField(
  caller: Caller,
  { region, accountId, apiId }: { region: string; accountId: string; apiId: string },
  typeName: string,
  fieldName: string,
  authorizer: ServiceContext['authorizer'],
): boolean {
  const resource = `arn:aws:appsync:${region}:${accountId}:apis/${apiId}/types/${typeName}/fields/${fieldName}`
  try {
    authorizer.authorize(caller, { action: 'appsync:GraphQL', resource })
    return true
  } catch (error) {
    if (error instanceof AwsError && error.code.startsWith('AccessDenied')) return false
    throw error
  }
}

function iamIdentity(caller: Caller, sourceIp: string): IamIdentity {
  if (caller.kind !== 'role' && caller.kind !== 'operator') {
    throw new RequestRefused(UNAUTHORIZED, 'UnauthorizedException', 'You are not authorized to make this call.')
  }
  const accountId = caller.arn.split(':')[4] ?? ''
  return {
    accountId,
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    sourceIp: [sourceIp],
    // Lambda names its sessions after the function; locally a role's session bears the role's own name.
    ...(caller.kind === 'role'
      ? {
          username: `AROA${uniqueId(caller.arn)}:${caller.roleName}`,
          userArn: `arn:aws:sts::${accountId}:assumed-role/${caller.roleName}/${caller.roleName}`,
        }
      : { username: `AIDA${uniqueId(caller.arn)}`, userArn: caller.arn }),
    cognitoIdentityAuthType: null,
    cognitoIdentityAuthProvider: null,
  }
}

function uniqueId(arn: string): string {
  return createHash('sha256')
    .update(arn)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, UNIQUE_ID_LENGTH)
}

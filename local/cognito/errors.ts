import { AwsError } from '../aws/errors.ts'

const notAuthorized = (message: string) => new AwsError('NotAuthorizedException', message)
const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message)

/** Every refusal of the user pools API that the local run gives, in Cognito's words. */
export const refusal = {
  // Sign-in
  incorrectCredentials: () => notAuthorized('Incorrect username or password.'),
  lockedOut: () => notAuthorized('Password attempts exceeded'),
  disabledUser: () => notAuthorized('User is disabled.'),
  expiredTemporaryPassword: () =>
    notAuthorized('Temporary password has expired and must be reset by an administrator.'),
  invalidSession: () => notAuthorized('Invalid session for the user.'),
  expiredSession: () => notAuthorized('Invalid session for the user, session is expired.'),
  flowNotEnabled: (flow: string) =>
    invalidParameter(
      flow === 'USER_SRP_AUTH'
        ? `${flow} is not enabled for the client.`
        : `${flow} flow not enabled for this client`,
    ),
  adminFlowNotEnabled: () => invalidParameter('Auth flow not enabled for this client'),
  refreshRotates: () =>
    invalidParameter('Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken'),
  unsupportedFlow: () => invalidParameter('Initiate Auth method not supported.'),
  timestampFormat: (received: string) =>
    invalidParameter(`TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english, got "${received}"`),
  wrongSecretHash: (clientId: string) => notAuthorized(`Unable to verify secret hash for client ${clientId}`),
  missingSecretHash: (clientId: string) =>
    notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`),
  wrongSecret: (clientId: string) => notAuthorized(`Unable to verify secret for client ${clientId}`),

  // Tokens
  invalidAccessToken: () => notAuthorized('Invalid Access Token'),
  expiredAccessToken: () => notAuthorized('Access Token has expired'),
  revokedAccessToken: () => notAuthorized('Access Token has been revoked'),
  missingScope: () => notAuthorized('Access Token does not have required scopes'),
  invalidRefreshToken: () => notAuthorized('Invalid Refresh Token'),
  expiredRefreshToken: () => notAuthorized('Refresh Token has expired'),
  revokedRefreshToken: () => notAuthorized('Refresh Token has been revoked'),
  reusedRefreshToken: () =>
    new AwsError('RefreshTokenReuseException', 'Refresh token has been invalidated by rotation'),
  revocationDisabled: () =>
    new AwsError('UnsupportedOperationException', 'Token revocation is disabled for the client'),
  notARefreshToken: () => new AwsError('UnsupportedTokenTypeException', 'Unsupported token type'),

  // Users
  unknownUser: () => new AwsError('UserNotFoundException', 'User does not exist.'),
  unknownUserAndClient: () => new AwsError('UserNotFoundException', 'Username/client id combination not found.'),
  userExists: () => new AwsError('UsernameExistsException', 'User already exists'),
  aliasTaken: (alias: string) =>
    new AwsError('UsernameExistsException', `An account with the given ${alias} already exists.`),
  aliasExists: (alias: string) =>
    new AwsError('AliasExistsException', `An account with the ${alias} already exists.`),
  signUpNotPermitted: () => notAuthorized('SignUp is not permitted for this user pool'),
  alreadyConfirmed: (status: string) => notAuthorized(`User cannot be confirmed. Current status is ${status}`),
  expiredCode: () => new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
  passwordPolicy: (rule: string) =>
    new AwsError('InvalidPasswordException', `Password did not conform with policy: ${rule}`),

  // Attributes
  usernameFormat: (allowed: string) => invalidParameter(`Username should be ${allowed}.`),
  usernameLooksLikeAlias: (alias: string) =>
    invalidParameter(`Username cannot be of ${alias} format, since user pool is configured for ${alias} alias.`),
  schema: (attribute: string, fault: string) =>
    invalidParameter(`Attributes did not conform to the schema: ${attribute}: ${fault}`),
  emailFormat: () => invalidParameter('Invalid email address format.'),
  phoneFormat: () => invalidParameter('Invalid phone number format.'),
  unauthorizedAttribute: () => notAuthorized('A client attempted to write unauthorized attribute'),
  immutableAttribute: (attribute: string) =>
    invalidParameter(
      `user.${attribute}: Attribute cannot be updated. An attribute that is not mutable keeps its value`,
    ),

  // Resources and input
  unknownClient: (clientId: string) =>
    new AwsError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`),
  unknownPool: (userPoolId: string) =>
    new AwsError('ResourceNotFoundException', `User pool ${userPoolId} does not exist.`),
  unknownGroup: () => new AwsError('ResourceNotFoundException', 'Group not found.'),
  missingParameter: (name: string) => invalidParameter(`Missing required parameter ${name}`),
  constraint: (member: string, received: string, rule: string) =>
    invalidParameter(
      `1 validation error detected: Value ${received} at '${member}' failed to satisfy constraint: ${rule}`,
    ),
  invalidParameter,
} as const

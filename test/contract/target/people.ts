import { randomUUID } from 'node:crypto'
import {
  AdminCreateUserCommand, AdminDeleteUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient,
  InitiateAuthCommand, paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Target } from './target.ts'

/** Somebody who is signed in. Tokens are good for an hour, longer than any run. */
export interface Person {
  username: string
  password: string
  /** Owner of what they upload. */
  sub: string
  idToken: string
  accessToken: string
}

/** Email addresses of this run's users begin like this; nobody gets mail there (RFC 2606). */
const prefixOf = ({ runId }: Target) => `contract-${runId}-`
const MAIL_DOMAIN = 'example.com'

function cognito({ outputs, cognitoEndpoint, operator }: Target): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    region: outputs.auth.aws_region,
    ...(cognitoEndpoint ? { endpoint: cognitoEndpoint } : {}),
    ...(operator ? { credentials: operator } : {}),
  })
}

/** Makes a user with a password of their own, and signs them in. */
export async function createPerson(target: Target, name: string): Promise<Person> {
  const client = cognito(target)
  const { user_pool_id: UserPoolId } = target.outputs.auth
  const Username = `${prefixOf(target)}${name}-${randomUUID()}@${MAIL_DOMAIN}`
  const password = `Contract-${randomUUID()}`
  await client.send(new AdminCreateUserCommand({
    UserPoolId,
    Username,
    TemporaryPassword: password,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: Username }, { Name: 'email_verified', Value: 'true' }],
  }))
  await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }))
  const tokens = await signIn(target, { username: Username, password })
  return { username: Username, password, sub: String(claimsOf(tokens.idToken).sub), ...tokens }
}

/** @throws NotAuthorizedException of Cognito for a wrong password, and for nobody */
export async function signIn(
  target: Target,
  { username, password }: Pick<Person, 'username' | 'password'>,
): Promise<Pick<Person, 'idToken' | 'accessToken'>> {
  const { AuthenticationResult: tokens } = await cognito(target).send(new InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: target.outputs.auth.user_pool_client_id,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  }))
  if (!tokens?.IdToken || !tokens.AccessToken) throw new Error(`Cognito signed ${username} in without tokens.`)
  return { idToken: tokens.IdToken, accessToken: tokens.AccessToken }
}

/** What a token says of its bearer; the signature is not looked at. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>
}

/** Deletes every user of this run, also those of test files that broke off. */
export async function deletePeople(target: Target): Promise<void> {
  const client = cognito(target)
  const { user_pool_id: UserPoolId } = target.outputs.auth
  const names: string[] = []
  const pages = paginateListUsers({ client }, { UserPoolId, Filter: `email ^= "${prefixOf(target)}"` })
  for await (const { Users = [] } of pages) names.push(...Users.map(({ Username }) => String(Username)))
  for (const Username of names) await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }))
}

import type { JWK } from 'jose'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import type { JsonService } from '../aws/json-service.ts'
import type { Resource } from '../aws/resource.ts'
import {
  changePassword,
  deleteUser,
  deleteUserAttributes,
  getUser,
  globalSignOut,
  updateUserAttributes,
  type Account,
} from './account-operations.ts'
import { ADMIN_OPERATIONS, type AdminOperation } from './admin-operations.ts'
import {
  adminInitiateAuth,
  getTokensFromRefreshToken,
  initiateAuth,
  respondToAuthChallenge,
  revokeToken,
} from './auth-operations.ts'
import type { ClientSettings } from './client-settings.ts'
import { deployPools } from './deploy.ts'
import { describeUserPool, describeUserPoolClient } from './describe-operations.ts'
import { ensureUser, type WantedUser } from './ensure-user.ts'
import { refusal } from './errors.ts'
import { GROUP_OPERATIONS } from './group-operations.ts'
import { ownEntry, requiredString, type Input } from './input.ts'
import { listUsers } from './list-users.ts'
import { confirmSignUp, signUp } from './sign-up.ts'
import { claimedPoolId, verifyAccessToken } from './tokens.ts'
import { UNSIGNED_OPERATIONS } from './unsigned-operations.ts'
import type { UserPool } from './user-pool.ts'
import { jwksOf, wellKnown, type WellKnownAnswer } from './well-known.ts'

type Answer = Record<string, unknown>

/** Named by a ClientId. */
const CLIENT_OPERATIONS: Record<string, (pool: UserPool, client: ClientSettings, input: Input) => Promise<Answer>> = {
  SignUp: signUp,
  ConfirmSignUp: confirmSignUp,
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
}

/** Allowed by an AccessToken. */
const ACCOUNT_OPERATIONS: Record<string, (account: Account, input: Input) => Promise<Answer>> = {
  GetUser: getUser,
  ChangePassword: changePassword,
  UpdateUserAttributes: updateUserAttributes,
  DeleteUserAttributes: deleteUserAttributes,
  DeleteUser: deleteUser,
  GlobalSignOut: globalSignOut,
}

/** Named by a UserPoolId and allowed by IAM. */
const POOL_OPERATIONS: Record<string, AdminOperation> = {
  ...ADMIN_OPERATIONS,
  ...GROUP_OPERATIONS,
  ListUsers: listUsers,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  AdminInitiateAuth: (pool, input) => adminInitiateAuth(pool, clientOf(pool, input), input),
  AdminRespondToAuthChallenge: (pool, input) => respondToAuthChallenge(pool, clientOf(pool, input), input),
}

function clientOf(pool: UserPool, input: Input): ClientSettings {
  const clientId = requiredString(input, 'ClientId')
  const client = pool.clients.get(clientId)
  if (!client) throw refusal.unknownClient(clientId)
  return client
}

export interface Cognito extends JsonService {
  /** Opens the pools, clients and groups of the template; everything else of the template is passed over. */
  deploy(resources: Resource[]): Promise<void>
  /** A pool's public keys, as its jwks.json serves them. @throws AwsError ResourceNotFoundException */
  jwks(userPoolId: string): { keys: JWK[] }
  /** The answer to `GET <url>`, or undefined when the path is none of `/<pool>/.well-known/...`. */
  wellKnown(url: string): WellKnownAnswer | undefined
  /** Makes sure that a confirmed user with this password and these attributes exists. */
  ensureUser(wanted: WantedUser): Promise<{ sub: string }>
  stop(): Promise<void>
}

export function createCognito(context: ServiceContext): Cognito {
  const pools = new Map<string, UserPool>()

  function poolWithClient(clientId: string): UserPool {
    for (const pool of pools.values()) if (pool.clients.has(clientId)) return pool
    throw refusal.unknownClient(clientId)
  }

  function poolById(userPoolId: string): UserPool {
    const pool = pools.get(userPoolId)
    if (!pool) throw refusal.unknownPool(userPoolId)
    return pool
  }

  async function callByToken(
    operation: (account: Account, input: Input) => Promise<Answer>,
    input: Input,
  ): Promise<Answer> {
    const token = requiredString(input, 'AccessToken')
    const pool = pools.get(claimedPoolId(token) ?? '')
    if (!pool) throw refusal.invalidAccessToken()
    return operation({ pool, ...(await verifyAccessToken(pool, token)) }, input)
  }

  async function callByPool(name: string, operation: AdminOperation, input: Input, caller: Caller): Promise<Answer> {
    const userPoolId = requiredString(input, 'UserPoolId')
    const arn = `arn:aws:cognito-idp:${context.region}:${context.accountId}:userpool/${userPoolId}`
    const resource = pools.get(userPoolId)?.settings.arn ?? arn
    context.authorizer.authorize(caller, { action: `cognito-idp:${name}`, resource })
    return operation(poolById(userPoolId), input, context.log)
  }

  return {
    targetPrefix: 'AWSCognitoIdentityProviderService',
    jsonVersion: '1.1',
    unsignedOperations: UNSIGNED_OPERATIONS,
    async call(name, input, caller) {
      const byClient = ownEntry(CLIENT_OPERATIONS, name)
      if (byClient) {
        const pool = poolWithClient(requiredString(input, 'ClientId'))
        return byClient(pool, clientOf(pool, input), input)
      }
      const byToken = ownEntry(ACCOUNT_OPERATIONS, name)
      if (byToken) return callByToken(byToken, input)
      const byPool = ownEntry(POOL_OPERATIONS, name)
      if (byPool) return callByPool(name, byPool, input, caller)
      throw new NotImplemented(`Cognito's ${name}`)
    },
    deploy: (resources) => deployPools(resources, pools, context),
    jwks: (userPoolId) => jwksOf(poolById(userPoolId)),
    wellKnown: (url) => wellKnown(pools, url, context.endpoints.aws),
    ensureUser: (wanted) => ensureUser(poolById(wanted.userPoolId), wanted),
    async stop() {
      pools.clear()
    },
  }
}

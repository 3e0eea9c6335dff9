import type { Caller } from '../../aws/caller.ts'
import type { AuthMode } from '../definition.ts'

/** `ctx.identity` of a user pool's user. Source: developer guide, "Resolver context object reference", Identity. */
export interface UserPoolIdentity {
  sub: string
  issuer: string
  username: string
  claims: Record<string, unknown>
  sourceIp: string[]
  /** The user pool's DefaultAction. */
  defaultAuthStrategy: string
  groups: string[] | null
}

/** `ctx.identity` of an IAM caller; the Cognito identity pool's members are null without one. Source: as above. */
export interface IamIdentity {
  accountId: string
  cognitoIdentityPoolId: null
  cognitoIdentityId: null
  sourceIp: string[]
  username: string
  userArn: string
  cognitoIdentityAuthType: null
  cognitoIdentityAuthProvider: null
}

/** Who calls: the mode that was satisfied, and what resolvers see of it (null for an API key). */
export type Principal =
  | { mode: 'AMAZON_COGNITO_USER_POOLS'; identity: UserPoolIdentity }
  | { mode: 'AWS_IAM'; identity: IamIdentity; caller: Caller }
  | { mode: 'API_KEY'; identity: null }

/** `util.authType()`'s names. Source: developer guide, "util" helpers, authType. */
export const AUTH_TYPE_NAMES = {
  AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  AWS_IAM: 'IAM Authorization',
  API_KEY: 'API Key Authorization',
} satisfies Record<AuthMode, string>

/** Names the caller within an API: pagination tokens are bound to it. */
export function principalKey(principal: Principal): string {
  switch (principal.mode) {
    case 'AMAZON_COGNITO_USER_POOLS':
      return `user:${principal.identity.issuer}/${principal.identity.sub}`
    case 'AWS_IAM':
      return `iam:${principal.identity.userArn}`
    case 'API_KEY':
      return 'api-key'
  }
}

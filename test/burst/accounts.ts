import { randomUUID } from 'node:crypto'
import {
  AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'

export interface Account {
  username: string
  password: string
}

/** Has the operator make users who can sign in at once. */
export async function makeAccounts(
  count: number,
  userPoolId: string,
  client: CognitoIdentityProviderClient,
): Promise<Account[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const account = { username: `burst-${number}@example.com`, password: `Burst-${randomUUID()}` }
      const named = { UserPoolId: userPoolId, Username: account.username }
      await client.send(
        new AdminCreateUserCommand({ ...named, MessageAction: 'SUPPRESS', TemporaryPassword: account.password }),
      )
      await client.send(new AdminSetUserPasswordCommand({ ...named, Password: account.password, Permanent: true }))
      return account
    }),
  )
}

import { refusal } from './errors.ts'
import { requiredString, type Input } from './input.ts'
import type { UserPool } from './user-pool.ts'

/** Settings as the template gives them, and what the pool adds; what the template leaves out stays out. */
export function describeUserPool(pool: UserPool): Record<string, unknown> {
  const { id, arn, displayName, properties } = pool.settings
  const { UserPoolName: _, Schema, ...settings } = properties
  return {
    UserPool: {
      ...settings,
      Id: id,
      Arn: arn,
      Name: displayName,
      SchemaAttributes: Schema ?? [],
      EstimatedNumberOfUsers: pool.state.users.length,
    },
  }
}

export function describeUserPoolClient(pool: UserPool, input: Input): Record<string, unknown> {
  const clientId = requiredString(input, 'ClientId')
  const client = pool.clients.get(clientId)
  if (!client) throw refusal.unknownClient(clientId)
  const { GenerateSecret: _, ...settings } = client.properties
  return {
    UserPoolClient: {
      ...settings,
      ClientId: client.id,
      ClientName: client.name,
      UserPoolId: client.userPoolId,
      ExplicitAuthFlows: [...client.flows],
      EnableTokenRevocation: client.revocationEnabled,
      PreventUserExistenceErrors: client.hidesUnknownUsers ? 'ENABLED' : 'LEGACY',
      ...(client.generatesSecret && { ClientSecret: pool.clientSecret(client) }),
    },
  }
}

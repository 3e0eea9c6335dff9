import { randomBytes } from 'node:crypto'
import type { ServiceContext } from '../aws/context.ts'
import type { Resource } from '../aws/resource.ts'
import { readClientSettings } from './client-settings.ts'
import { readPoolSettings } from './pool-settings.ts'
import { UserPool } from './user-pool.ts'

/** Length of a client secret, in bytes; base64url makes about 51 characters of it, as Cognito's have. */
const CLIENT_SECRET_BYTES = 38

const EMULATED = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolGroup']

const ofType = (resources: Resource[], type: string) => resources.filter((resource) => resource.type === type)

/** @throws Error when a client or group names a pool that the template doesn't have; NotImplemented */
export async function deployPools(
  resources: Resource[],
  pools: Map<string, UserPool>,
  context: ServiceContext,
): Promise<void> {
  const opened = ofType(resources, 'AWS::Cognito::UserPool').map((resource) =>
    readPoolSettings(resource, context.region, context.accountId),
  )
  for (const pool of await Promise.all(opened.map((settings) => UserPool.open(settings, context))))
    pools.set(pool.settings.id, pool)

  const poolOf = (resource: Resource): UserPool => {
    const pool = pools.get(String(resource.properties.UserPoolId))
    if (!pool)
      throw new Error(`${resource.logicalId}: no user pool ${String(resource.properties.UserPoolId)} in the template`)
    return pool
  }

  for (const resource of ofType(resources, 'AWS::Cognito::UserPoolClient')) {
    const pool = poolOf(resource)
    const client = readClientSettings(resource)
    pool.clients.set(client.id, client)
    if (client.generatesSecret) {
      pool.state.clientSecrets[client.id] ??=
        resource.attributes.ClientSecret ?? randomBytes(CLIENT_SECRET_BYTES).toString('base64url')
    }
  }
  for (const resource of ofType(resources, 'AWS::Cognito::UserPoolGroup')) {
    const { GroupName, Description, Precedence } = resource.properties
    const name = String(GroupName ?? resource.physicalId)
    poolOf(resource).groups.set(name, {
      name,
      ...(Description !== undefined && { description: String(Description) }),
      ...(Precedence !== undefined && { precedence: Number(Precedence) }),
    })
  }
  for (const resource of resources) {
    if (!resource.type.startsWith('AWS::Cognito::') || EMULATED.includes(resource.type)) continue
    context.log('warn', 'cognito', `${resource.type} (${resource.logicalId}) is not emulated`)
  }
  for (const pool of pools.values()) pool.save()
}

import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import { readSchema, type Schema } from './attributes.ts'
import { passwordPolicyOf, type PasswordPolicy } from './password-policy.ts'

export type Alias = 'email' | 'phone_number' | 'preferred_username'

/** An AWS::Cognito::UserPool, read. */
export interface PoolSettings {
  id: string
  /** What stands after the underscore of the id: part of every password's hash. */
  shortName: string
  arn: string
  displayName: string
  passwordPolicy: PasswordPolicy
  /** Attributes that are the username; the user's own one is then a UUID. */
  usernameAttributes: Alias[]
  /** Attributes that sign in beside the username. */
  aliasAttributes: Alias[]
  autoVerified: string[]
  caseSensitive: boolean
  adminCreateUserOnly: boolean
  schema: Schema
  /** The resource's own properties, for DescribeUserPool. */
  properties: Record<string, unknown>
}

/** `<region>_<letters and digits>`. Source: API reference, UserPoolIdType. */
const POOL_ID = /^[\w-]+_([0-9a-zA-Z]+)$/

const list = <T extends string>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : [])
const isSet = (value: unknown) => isRecord(value) && Object.keys(value).length > 0

/**
 * @throws NotImplemented for settings that would change what the API answers and are not emulated
 * @throws Error when the physical id is not one that Cognito makes
 */
export function readPoolSettings(resource: Resource, region: string, accountId: string): PoolSettings {
  const { properties, physicalId: id } = resource
  const shortName = POOL_ID.exec(id)?.[1]
  if (!shortName) throw new Error(`${resource.logicalId}: a user pool id looks like eu-west-1_AbCdEf123, got "${id}"`)
  for (const property of ['LambdaConfig', 'DeviceConfiguration']) {
    if (isSet(properties[property])) throw new NotImplemented(`Cognito's ${property} (${resource.logicalId})`)
  }
  if (properties.MfaConfiguration === 'ON')
    throw new NotImplemented(`Cognito's MfaConfiguration ON (${resource.logicalId})`)
  const adminConfig = isRecord(properties.AdminCreateUserConfig) ? properties.AdminCreateUserConfig : {}
  const usernameConfig = isRecord(properties.UsernameConfiguration) ? properties.UsernameConfiguration : {}
  return {
    id,
    shortName,
    arn: resource.attributes.Arn ?? `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`,
    displayName: String(properties.UserPoolName ?? resource.logicalId),
    passwordPolicy: passwordPolicyOf(properties.Policies),
    usernameAttributes: list<Alias>(properties.UsernameAttributes),
    aliasAttributes: list<Alias>(properties.AliasAttributes),
    autoVerified: list(properties.AutoVerifiedAttributes),
    caseSensitive: String(usernameConfig.CaseSensitive ?? true) === 'true',
    adminCreateUserOnly: String(adminConfig.AllowAdminCreateUserOnly) === 'true',
    schema: readSchema(properties.Schema),
    properties,
  }
}

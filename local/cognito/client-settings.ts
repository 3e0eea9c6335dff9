import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import {
  DEFAULT_AUTH_SESSION_VALIDITY_MIN,
  DEFAULT_REFRESH_VALIDITY_DAYS,
  DEFAULT_TOKEN_VALIDITY_S,
  SECONDS_PER_UNIT,
} from './limits.ts'

/** An AWS::Cognito::UserPoolClient, read. */
export interface ClientSettings {
  id: string
  userPoolId: string
  name: string
  /** Names with the `ALLOW_` prefix. */
  flows: ReadonlySet<string>
  accessValidityS: number
  idValidityS: number
  refreshValidityS: number
  authSessionValidityS: number
  hidesUnknownUsers: boolean
  revocationEnabled: boolean
  /** Undefined: refresh tokens don't rotate. Else seconds for which a rotated one still works. */
  rotationGraceS: number | undefined
  generatesSecret: boolean
  /** Undefined: every attribute. */
  readAttributes: ReadonlySet<string> | undefined
  writeAttributes: ReadonlySet<string> | undefined
  properties: Record<string, unknown>
}

/** What a client without ExplicitAuthFlows supports. Source: API reference, CreateUserPoolClient. */
const DEFAULT_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH']

/** The names of before 2019, and what they allow today. Source: API reference, ExplicitAuthFlows. */
const LEGACY_FLOWS: Record<string, string[]> = {
  ADMIN_NO_SRP_AUTH: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  USER_PASSWORD_AUTH: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  CUSTOM_AUTH_FLOW_ONLY: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
}

type Unit = keyof typeof SECONDS_PER_UNIT
const isUnit = (unit: unknown): unit is Unit => typeof unit === 'string' && unit in SECONDS_PER_UNIT

function validityS(value: unknown, unit: unknown, defaultUnit: Unit, defaultS: number): number {
  const amount = Number(value ?? 0)
  if (amount === 0) return defaultS
  return amount * SECONDS_PER_UNIT[isUnit(unit) ? unit : defaultUnit]
}

function readFlows(value: unknown): ReadonlySet<string> {
  const given = Array.isArray(value) && value.length > 0 ? (value as string[]) : DEFAULT_FLOWS
  return new Set(given.flatMap((flow) => LEGACY_FLOWS[flow] ?? [flow]))
}

const optionalSet = (value: unknown) => (Array.isArray(value) ? new Set(value as string[]) : undefined)

export function readClientSettings(resource: Resource): ClientSettings {
  const { properties } = resource
  const units = isRecord(properties.TokenValidityUnits) ? properties.TokenValidityUnits : {}
  const rotation = isRecord(properties.RefreshTokenRotation) ? properties.RefreshTokenRotation : {}
  return {
    id: resource.physicalId,
    userPoolId: String(properties.UserPoolId),
    name: String(properties.ClientName ?? resource.logicalId),
    flows: readFlows(properties.ExplicitAuthFlows),
    accessValidityS: validityS(properties.AccessTokenValidity, units.AccessToken, 'hours', DEFAULT_TOKEN_VALIDITY_S),
    idValidityS: validityS(properties.IdTokenValidity, units.IdToken, 'hours', DEFAULT_TOKEN_VALIDITY_S),
    refreshValidityS: validityS(
      properties.RefreshTokenValidity,
      units.RefreshToken,
      'days',
      DEFAULT_REFRESH_VALIDITY_DAYS * SECONDS_PER_UNIT.days,
    ),
    authSessionValidityS:
      Number(properties.AuthSessionValidity ?? DEFAULT_AUTH_SESSION_VALIDITY_MIN) * SECONDS_PER_UNIT.minutes,
    hidesUnknownUsers: properties.PreventUserExistenceErrors === 'ENABLED',
    revocationEnabled: String(properties.EnableTokenRevocation ?? true) === 'true',
    rotationGraceS: rotation.Feature === 'ENABLED' ? Number(rotation.RetryGracePeriodSeconds ?? 0) : undefined,
    generatesSecret: String(properties.GenerateSecret) === 'true',
    readAttributes: optionalSet(properties.ReadAttributes),
    writeAttributes: optionalSet(properties.WriteAttributes),
    properties,
  }
}

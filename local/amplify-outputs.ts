import { isRecord } from './aws/json.ts'
import type { Assembly, Resource } from './aws/resource.ts'
import type { Endpoints } from './ports.ts'

/** Version of the file's format. Source: the JSON schema of Amplify Gen 2's client configuration. */
const FORMAT_VERSION = '1.4'
/** A user pool's MFA settings as Amplify names them. */
const MFA: Record<string, string> = { OFF: 'NONE', ON: 'REQUIRED', OPTIONAL: 'OPTIONAL' }

export interface DemoUser {
  username: string
  password: string
}

/**
 * What `amplify_outputs.json` holds: the same as a deployment writes, and under `custom.local` what is only true here.
 * @throws Error when the stack has no API, user pool or client
 */
export function amplifyOutputs(assembly: Assembly, endpoints: Endpoints, user: DemoUser): Record<string, unknown> {
  const pool = one(assembly, 'AWS::Cognito::UserPool')
  const client = one(assembly, 'AWS::Cognito::UserPoolClient')
  const api = one(assembly, 'AWS::AppSync::GraphQLApi')
  const apiKey = assembly.resources.find(({ type }) => type === 'AWS::AppSync::ApiKey')
  const policies = isRecord(pool.properties.Policies) ? pool.properties.Policies : {}
  const password = isRecord(policies.PasswordPolicy) ? policies.PasswordPolicy : {}
  const others = recordsIn(api.properties.AdditionalAuthenticationProviders)
  return {
    version: FORMAT_VERSION,
    auth: {
      aws_region: assembly.region,
      user_pool_id: pool.physicalId,
      user_pool_client_id: client.physicalId,
      username_attributes: pool.properties.UsernameAttributes ?? [],
      standard_required_attributes: recordsIn(pool.properties.Schema)
        .filter(({ Required }) => Required === true)
        .map(({ Name }) => Name),
      user_verification_types: pool.properties.AutoVerifiedAttributes ?? [],
      unauthenticated_identities_enabled: false,
      mfa_configuration: MFA[String(pool.properties.MfaConfiguration ?? 'OFF')] ?? 'NONE',
      password_policy: {
        min_length: password.MinimumLength,
        require_lowercase: password.RequireLowercase,
        require_uppercase: password.RequireUppercase,
        require_numbers: password.RequireNumbers,
        require_symbols: password.RequireSymbols,
      },
    },
    data: {
      aws_region: assembly.region,
      url: urlThatAmplifyKeeps(api.attributes.GraphQLUrl ?? ''),
      default_authorization_type: api.properties.AuthenticationType,
      authorization_types: others.map(({ AuthenticationType }) => AuthenticationType),
      ...(apiKey ? { api_key: apiKey.attributes.ApiKey } : {}),
    },
    custom: {
      mediaBaseUrl: endpoints.cloudfront,
      local: { userPoolEndpoint: endpoints.aws, user },
    },
  }
}

/** Amplify turns `http://` into `wss://` for subscriptions, but only in lower case; `HTTP://` is the same address. */
function urlThatAmplifyKeeps(url: string): string {
  return url.replace(/^http:/, 'HTTP:')
}

function one(assembly: Assembly, type: string): Resource {
  const [first, ...others] = assembly.resources.filter((resource) => resource.type === type)
  if (!first || others.length > 0) {
    throw new Error(`amplify_outputs.json describes one ${type}; the stack holds ${first ? others.length + 1 : 'none'}`)
  }
  return first
}

function recordsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

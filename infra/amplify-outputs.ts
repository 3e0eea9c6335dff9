import { PASSWORD_POLICY } from './identity.ts'

/** Version of the format. Source: the JSON schema of Amplify's client configuration. */
const FORMAT_VERSION = '1.4'

/** Outputs of the stack that clients configure themselves from. */
export const CLIENT_OUTPUTS = [
  'Region', 'GraphqlUrl', 'GuestApiKey', 'UserPoolId', 'UserPoolClientId', 'MediaBaseUrl',
] as const

export type ClientOutputs = Record<(typeof CLIENT_OUTPUTS)[number], string>

/** @throws Error naming the outputs that are missing */
export function pickClientOutputs(outputs: Readonly<Record<string, unknown>>): ClientOutputs {
  const missing = CLIENT_OUTPUTS.filter((name) => typeof outputs[name] !== 'string')
  if (missing.length > 0) throw new Error(`The stack has no output ${missing.join(', ')}.`)
  return Object.fromEntries(CLIENT_OUTPUTS.map((name) => [name, String(outputs[name])])) as ClientOutputs
}

/** What `amplify_outputs.json` holds, in the format that Amplify Gen 2 clients read. */
export function amplifyOutputs(outputs: ClientOutputs) {
  const { Region, GraphqlUrl, GuestApiKey, UserPoolId, UserPoolClientId, MediaBaseUrl } = outputs
  return {
    version: FORMAT_VERSION,
    auth: {
      aws_region: Region,
      user_pool_id: UserPoolId,
      user_pool_client_id: UserPoolClientId,
      username_attributes: ['email'],
      standard_required_attributes: ['email'],
      user_verification_types: ['email'],
      unauthenticated_identities_enabled: false,
      mfa_configuration: 'NONE',
      password_policy: {
        min_length: PASSWORD_POLICY.minLength,
        require_lowercase: PASSWORD_POLICY.requireLowercase,
        require_uppercase: PASSWORD_POLICY.requireUppercase,
        require_numbers: PASSWORD_POLICY.requireDigits,
        require_symbols: PASSWORD_POLICY.requireSymbols,
      },
    },
    data: {
      aws_region: Region,
      url: GraphqlUrl,
      default_authorization_type: 'AMAZON_COGNITO_USER_POOLS',
      api_key: GuestApiKey,
      authorization_types: ['API_KEY', 'AWS_IAM'],
    },
    custom: { mediaBaseUrl: MediaBaseUrl },
  }
}

import { readFile } from 'node:fs/promises'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { isRecord } from '../../../local/aws/json.ts'
import type { StartedTarget } from './choose-target.ts'
import { TargetError, TargetSkipped, type AmplifyOutputs, type Target } from './target.ts'

/** Names another file than the one that `npm run deploy` writes. */
const OUTPUTS_VARIABLE = 'CONTRACT_OUTPUTS'
/** Output `MediaBucketName` of the stack. */
const MEDIA_BUCKET_VARIABLE = 'CONTRACT_MEDIA_BUCKET'
const DEFAULT_OUTPUTS = 'amplify_outputs.json'

/** Longest wait for credentials: a profile may ask its identity provider, or start a program. */
const CREDENTIALS_TIMEOUT_MS = 5_000

/**
 * A deployed stack. What is looked for, and in this order: credentials, then the addresses.
 * @throws TargetSkipped when nobody is signed in to AWS
 * @throws TargetError when the addresses are missing, or are those of a local run
 */
export async function openAwsTarget(runId: string, environment: NodeJS.ProcessEnv): Promise<StartedTarget> {
  // Without this the chain ends by asking an address that only machines at AWS have; there, set it to "false".
  environment['AWS_EC2_METADATA_DISABLED'] ??= 'true'
  environment['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const why = await whyNoCredentials()
  if (why !== undefined) {
    throw new TargetSkipped(`The contract suite was skipped on AWS: ${why} Sign in (aws sso login) and set AWS_PROFILE,`
      + ' or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
  }
  const outputs = await readOutputs(environment[OUTPUTS_VARIABLE] ?? DEFAULT_OUTPUTS)
  const name = environment[MEDIA_BUCKET_VARIABLE]
  const target: Target = { kind: 'aws', runId, outputs, ...(name ? { mediaBucket: { name } } : {}) }
  return { target, stop: async () => {} }
}

async function whyNoCredentials(): Promise<string | undefined> {
  // The region plays no part in finding credentials, but the client wants one.
  const client = new CognitoIdentityProviderClient({ region: 'us-east-1' })
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no credentials came within ${CREDENTIALS_TIMEOUT_MS / 1_000} s.`),
      CREDENTIALS_TIMEOUT_MS)
  })
  const found = client.config.credentials().then(() => undefined, (error: Error) =>
    error.name === 'CredentialsProviderError' ? 'no credentials were found.' : `${error.message.split('\n')[0]}`)
  return Promise.race([found, tooLate]).finally(() => clearTimeout(timer))
}

/** @throws TargetError for a file that is missing, is not what a deployment writes, or is a local run's */
export async function readOutputs(path: string): Promise<AmplifyOutputs> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new TargetError(`${path} can't be read: npm run deploy writes it, and ${OUTPUTS_VARIABLE} names another one.`)
  })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw new TargetError(`${path} must be JSON as npm run deploy writes it; it could not be parsed.`)
  }
  const missing = MEMBERS.filter((member) => typeof at(read, member) !== 'string')
  if (missing.length > 0) throw new TargetError(`${path} must have ${missing.join(', ')}, as npm run deploy writes it.`)
  if (at(read, 'custom.local') !== undefined) {
    throw new TargetError(`${path} is of a local run, not of a deployment: npm run deploy writes it anew.`)
  }
  return read as AmplifyOutputs
}

const MEMBERS = [
  'auth.aws_region', 'auth.user_pool_id', 'auth.user_pool_client_id', 'data.aws_region', 'data.url', 'data.api_key',
  'custom.mediaBaseUrl',
]

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((here, name) => (isRecord(here) ? here[name] : undefined), value)
}

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Cloud } from './cloud.ts'
import { endpointEnvironment } from './endpoint-environment.ts'

/** Owner may read and write, nobody else may anything: the file holds a key pair. */
const OWNER_ONLY = 0o600
const FILE = 'operator.env'

/**
 * Writes the variables with which AWS's own tools reach the local services as the person at this machine:
 * `set -a; . .local/operator.env; set +a; aws s3 ls`.
 * @returns absolute path of the file
 */
export function writeOperatorEnvironment(cloud: Cloud): string {
  const { accessKeyId, secretAccessKey, sessionToken } = cloud.credentialsFor('operator')
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: cloud.assembly.region,
    ...endpointEnvironment(cloud.endpoints),
  }
  const file = path.join(cloud.dataDir, FILE)
  const text = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
  writeFileSync(file, text, { mode: OWNER_ONLY })
  return file
}

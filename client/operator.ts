import { readFile } from 'node:fs/promises'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { ClientError } from './errors.ts'
import type { Outputs } from './outputs.ts'

/** What an operator works with, as whoever runs the command. */
export interface OperatorClients {
  sqs: SQSClient
  s3: S3Client
}

/** What the local run writes for its operator, as far as it is used here. */
const OPERATOR_VARIABLES = [
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL_SQS',
  'AWS_ENDPOINT_URL_S3',
] as const

/**
 * Clients for the Darkroom that `outputs` tells of: the local run, with the key pair and addresses of its operator's
 * file; or AWS, in its region, with the credentials of the usual chain.
 * @throws ClientError when the file is not there or lacks something
 */
export async function operatorClients(outputs: Outputs, operatorFile: string): Promise<OperatorClients> {
  // What the SDK thinks of this Node's age is no news to an operator.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  if (!outputs.custom?.local) {
    const region = outputs.data?.aws_region
    const common = typeof region === 'string' ? { region } : {}
    return { sqs: new SQSClient(common), s3: new S3Client(common) }
  }
  const variables = await readVariables(operatorFile)
  const common = {
    region: variables.AWS_REGION,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
      sessionToken: variables.AWS_SESSION_TOKEN,
    },
  }
  return {
    sqs: new SQSClient({ ...common, endpoint: variables.AWS_ENDPOINT_URL_SQS }),
    s3: new S3Client({ ...common, endpoint: variables.AWS_ENDPOINT_URL_S3 }),
  }
}

async function readVariables(file: string): Promise<Record<(typeof OPERATOR_VARIABLES)[number], string>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const hint = error.code === 'ENOENT' ? '`npm start` writes it; see --operator.' : error.code
    throw new ClientError(`Could not read ${file}. ${hint}`)
  })
  const lines = text.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  const variables = Object.fromEntries(lines) as Record<string, string>
  const missing = OPERATOR_VARIABLES.filter((name) => !variables[name])
  if (missing.length > 0) throw new ClientError(`${file} lacks ${missing.join(', ')}; \`npm start\` writes it anew.`)
  return variables as Record<(typeof OPERATOR_VARIABLES)[number], string>
}

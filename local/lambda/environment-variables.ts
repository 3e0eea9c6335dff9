import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Credentials } from '../aws/caller.ts'
import type { FunctionDefinition } from './function-definition.ts'

/** The one version that a function without aliases has. */
export const LATEST = '$LATEST'

/** All that is passed on of the user's own environment. Windows can't start a process without `SystemRoot`. */
const PASSED_ON = ['PATH', 'SystemRoot']

const LOG_STREAM_ID_BYTES = 16

/** A log stream's name: day, version, and the environment's id. @param now milliseconds since the epoch */
function logStream(now: number): string {
  const day = new Date(now).toISOString().slice(0, 'yyyy-mm-dd'.length).replaceAll('-', '/')
  return `${day}/[${LATEST}]${randomBytes(LOG_STREAM_ID_BYTES).toString('hex')}`
}

/**
 * What the code of a function finds in `process.env`: what Lambda defines, what the template defines, where the local
 * services are, and no more. Two things differ from Lambda: no `AWS_LAMBDA_RUNTIME_API`, since the runtime speaks IPC;
 * and `AWS_XRAY_CONTEXT_MISSING` is IGNORE_ERROR, since there is no X-Ray daemon to send to.
 * @param endpoints `AWS_ENDPOINT_URL_*`
 * @param layerFolders unpacked layers, in the order of the template
 */
export function environmentVariables(
  definition: FunctionDefinition,
  options: {
    region: string
    credentials: Required<Credentials>
    endpoints: Record<string, string>
    layerFolders: string[]
    now: number
  },
): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const modulePaths = options.layerFolders.map((folder) => join(folder, 'nodejs', 'node_modules'))
  return {
    ...Object.fromEntries(passedOn),
    TMPDIR: tmpdir(),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...(modulePaths.length > 0 && { NODE_PATH: modulePaths.join(delimiter) }),
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    ...options.endpoints,
    ...definition.variables,
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.taskRoot,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: LATEST,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream(options.now),
    AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
    ...(definition.logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: definition.logLevel }),
    AWS_ACCESS_KEY_ID: options.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: options.credentials.sessionToken,
  }
}

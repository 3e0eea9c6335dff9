import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Assembly, Resource } from '../aws/resource.ts'
import { LambdaError } from './errors.ts'
import * as limits from './limits.ts'

/** One `AWS::Lambda::Function` that can run here. */
export interface FunctionDefinition {
  name: string
  arn: string
  /** E.g. `nodejs22.x`. */
  runtime: string
  handler: string
  /** Absolute path of the unpacked code. */
  taskRoot: string
  timeoutSeconds: number
  memoryMb: number
  variables: Record<string, string>
  roleArn: string
  layerArns: string[]
  /** Environments at a time; undefined: not reserved. */
  reservedConcurrency?: number
  logGroup: string
  logFormat: 'Text' | 'JSON'
  /** Least level that the console writes; JSON only. */
  logLevel?: string
}

/** Names that functions can't set themselves. Source: developer guide, "Defined runtime environment variables". */
const RESERVED_VARIABLES = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
])

/** Properties read below, and those that change nothing about what the code sees. */
const KNOWN_PROPERTIES = new Set([
  'Architectures', 'Code', 'Description', 'Environment', 'EphemeralStorage', 'FunctionName', 'Handler', 'KmsKeyArn',
  'Layers', 'LoggingConfig', 'MemorySize', 'PackageType', 'RecursiveLoop', 'ReservedConcurrentExecutions', 'Role',
  'Runtime', 'RuntimeManagementConfig', 'Tags', 'Timeout', 'TracingConfig',
])

const invalid = (resource: Resource, property: string, expected: string, received: unknown): LambdaError =>
  new LambdaError(
    'InvalidParameterValueException',
    `${property} of function ${resource.logicalId} must be ${expected}, received ${JSON.stringify(received)}.`,
  )

function text(resource: Resource, property: string): string {
  const value = resource.properties[property]
  if (typeof value === 'string' && value !== '') return value
  throw invalid(resource, property, 'a text', value)
}

function integer(resource: Resource, property: string, min: number, max: number): number | undefined {
  const value = resource.properties[property]
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw invalid(resource, property, `an integer from ${min} to ${max}`, value)
}

function variables(resource: Resource): Record<string, string> {
  const environment = resource.properties['Environment']
  const received = isRecord(environment) ? environment['Variables'] : undefined
  if (received === undefined) return {}
  if (!isRecord(received)) throw invalid(resource, 'Environment.Variables', 'a map of texts', received)
  let bytes = 0
  const entries = Object.entries(received).map(([name, value]): [string, string] => {
    if (RESERVED_VARIABLES.has(name)) throw invalid(resource, 'Environment.Variables', 'free of reserved names', name)
    bytes += Buffer.byteLength(name) + Buffer.byteLength(String(value))
    return [name, String(value)]
  })
  if (bytes > limits.MAX_ENVIRONMENT_BYTES) {
    throw invalid(resource, 'Environment.Variables', `at most ${limits.MAX_ENVIRONMENT_BYTES} bytes`, bytes)
  }
  return Object.fromEntries(entries)
}

/** Why the code can't run here, if so: kept as it is, and refused by name when it is called. */
function obstacle(resource: Resource): string | undefined {
  const { Runtime: runtime, Code: code, PackageType: packageType } = resource.properties
  if (packageType === 'Image') return 'container images'
  if (typeof runtime !== 'string' || !runtime.startsWith('nodejs')) return `runtime ${String(runtime)}`
  if (!isRecord(code) || typeof code['S3Key'] !== 'string') return 'code that is no asset'
  return undefined
}

/**
 * @param resource of type `AWS::Lambda::Function`
 * @returns the definition, or what to refuse invocations with: the CDK puts helpers in other languages into templates
 * @throws LambdaError InvalidParameterValueException; NotImplemented for properties that are not emulated
 */
export function readFunction(resource: Resource, assembly: Assembly): FunctionDefinition | NotImplemented {
  const { properties } = resource
  const why = obstacle(resource)
  if (why) return new NotImplemented(`Lambda function ${resource.logicalId}: ${why}`)
  const unknown = Object.keys(properties).find((name) => !KNOWN_PROPERTIES.has(name))
  if (unknown) throw new NotImplemented(`AWS::Lambda::Function ${unknown} (${resource.logicalId})`)
  const arn = resource.attributes['Arn']
  if (!arn) throw invalid(resource, 'Arn', "the function's ARN", arn)
  const name = resource.physicalId
  const layers = properties['Layers'] ?? []
  if (!Array.isArray(layers) || layers.length > limits.MAX_LAYERS) {
    throw invalid(resource, 'Layers', `a list of at most ${limits.MAX_LAYERS} ARNs`, layers)
  }
  const code = properties['Code'] as { S3Key: string }
  const logging = isRecord(properties['LoggingConfig']) ? properties['LoggingConfig'] : {}
  const level = logging['ApplicationLogLevel']
  const reserved = integer(resource, 'ReservedConcurrentExecutions', 0, Number.MAX_SAFE_INTEGER)
  return {
    name,
    arn,
    runtime: text(resource, 'Runtime'),
    handler: text(resource, 'Handler'),
    taskRoot: assembly.assetPath(code.S3Key),
    timeoutSeconds: integer(resource, 'Timeout', 1, limits.MAX_TIMEOUT_SECONDS) ?? limits.DEFAULT_TIMEOUT_SECONDS,
    memoryMb:
      integer(resource, 'MemorySize', limits.MIN_MEMORY_MB, limits.MAX_MEMORY_MB) ?? limits.DEFAULT_MEMORY_MB,
    variables: variables(resource),
    roleArn: text(resource, 'Role'),
    layerArns: layers.map(String),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
    logGroup: typeof logging['LogGroup'] === 'string' ? logging['LogGroup'] : `/aws/lambda/${name}`,
    logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text',
    ...(typeof level === 'string' && { logLevel: level }),
  }
}

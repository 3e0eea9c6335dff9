import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import { LambdaError } from './errors.ts'
import * as limits from './limits.ts'

/** One `AWS::Lambda::EventSourceMapping` on a queue. */
export interface EventSourceDefinition {
  logicalId: string
  queueArn: string
  /** Name or ARN. */
  functionName: string
  batchSize: number
  windowSeconds: number
  /** The response tells which messages failed (`ReportBatchItemFailures`). */
  partialResponses: boolean
  maximumConcurrency?: number
}

const KNOWN_PROPERTIES = new Set([
  'BatchSize', 'Enabled', 'EventSourceArn', 'FunctionName', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds',
  'ScalingConfig', 'Tags',
])

const invalid = (resource: Resource, property: string, expected: string, received: unknown): LambdaError => {
  const what = `${property} of event source mapping ${resource.logicalId}`
  const message = `${what} must be ${expected}, received ${JSON.stringify(received)}.`
  return new LambdaError('InvalidParameterValueException', message)
}

function integer(resource: Resource, property: string, value: unknown, min: number, max: number): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw invalid(resource, property, `an integer from ${min} to ${max}`, value)
}

/**
 * @param resource of type `AWS::Lambda::EventSourceMapping`
 * @returns undefined when the mapping is not enabled
 * @throws LambdaError InvalidParameterValueException; NotImplemented for other sources and for other properties
 */
export function readEventSource(resource: Resource): EventSourceDefinition | undefined {
  const { logicalId, properties } = resource
  const unknown = Object.keys(properties).find((name) => !KNOWN_PROPERTIES.has(name))
  if (unknown) throw new NotImplemented(`AWS::Lambda::EventSourceMapping ${unknown} (${logicalId})`)
  const { EventSourceArn: source, FunctionName: functionName, FunctionResponseTypes: types = [] } = properties
  if (typeof source !== 'string' || !source.startsWith('arn:aws:sqs:')) {
    throw new NotImplemented(`An event source other than SQS (${logicalId}: ${String(source)})`)
  }
  if (typeof functionName !== 'string') throw invalid(resource, 'FunctionName', 'a name or ARN', functionName)
  if (!Array.isArray(types) || types.some((type) => type !== 'ReportBatchItemFailures')) {
    throw invalid(resource, 'FunctionResponseTypes', '["ReportBatchItemFailures"] or left out', types)
  }
  const window = properties['MaximumBatchingWindowInSeconds']
  const windowSeconds =
    integer(resource, 'MaximumBatchingWindowInSeconds', window, 0, limits.MAX_BATCHING_WINDOW_SECONDS) ?? 0
  const maxBatch = windowSeconds > 0 ? limits.MAX_BATCH_SIZE : limits.MAX_BATCH_SIZE_WITHOUT_WINDOW
  const batchSize =
    integer(resource, 'BatchSize', properties['BatchSize'], 1, maxBatch) ?? limits.DEFAULT_BATCH_SIZE
  const scaling = isRecord(properties['ScalingConfig']) ? properties['ScalingConfig'] : {}
  const maximumConcurrency = integer(
    resource,
    'ScalingConfig.MaximumConcurrency',
    scaling['MaximumConcurrency'],
    limits.MIN_MAXIMUM_CONCURRENCY,
    limits.MAX_MAXIMUM_CONCURRENCY,
  )
  if (properties['Enabled'] === false) return undefined
  return {
    logicalId,
    queueArn: source,
    functionName,
    batchSize,
    windowSeconds,
    partialResponses: types.length > 0,
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
  }
}

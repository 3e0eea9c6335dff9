import type { Caller } from '../../aws/caller.ts'
import { AwsError, NotImplemented } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import { mappingError } from '../errors.ts'
import type { DataSource, DataSourceCall, Outcome } from './data-source.ts'
import { readObject, readOptional } from './request-shape.ts'

/** Invokes a function synchronously: its answer, or the error that it ended with. */
export type InvokeLambda = (
  functionArn: string,
  payload: unknown,
  caller: Caller,
) => Promise<{ payload: unknown; functionError?: undefined } | { functionError: string; payload: unknown }>

const MEMBERS = ['operation', 'payload', 'invocationType', 'version']

/** The data source that calls a Lambda function as the data source's service role. */
export function lambdaDataSource({
  name,
  functionArn,
  caller,
  invokeLambda,
}: {
  name: string
  functionArn: string
  caller: Caller
  invokeLambda: InvokeLambda
}): DataSource {
  const invoke = async (payload: unknown): Promise<Outcome> => {
    try {
      const answer = await invokeLambda(functionArn, payload, caller)
      return answer.functionError === undefined
        ? { result: answer.payload ?? null }
        : { result: null, error: lambdaError(answer.functionError, answer.payload) }
    } catch (error) {
      if (!(error instanceof AwsError) || error instanceof NotImplemented) throw error
      return { result: null, error: { type: `Lambda:${error.code}`, message: error.message } }
    }
  }
  const invokeBatch = async (payloads: unknown[]): Promise<Outcome[]> => {
    const { result, error } = await invoke(payloads)
    if (error) return payloads.map(() => ({ result: null, error }))
    if (Array.isArray(result) && result.length === payloads.length) return result.map(batchElement)
    const message = `The function must answer a list of ${payloads.length} elements, received ${
      Array.isArray(result) ? result.length : typeof result
    }.`
    return payloads.map(() => ({ result: null, error: { type: 'Lambda:IllegalArgument', message } }))
  }
  return {
    name,
    type: 'AWS_LAMBDA',
    async invoke(request, call) {
      const read = readObject(request, '$', MEMBERS)
      const invocationType =
        readOptional<string>(read.invocationType, '$[invocationType]', 'string') ?? 'RequestResponse'
      if (invocationType !== 'RequestResponse')
        throw new NotImplemented(`AppSync Lambda data source with invocationType ${invocationType}`)
      if (read.operation === 'Invoke') return invoke(read.payload ?? null)
      if (read.operation !== 'BatchInvoke')
        throw mappingError(`Unsupported operation '${String(read.operation)}'. Expected one of Invoke, BatchInvoke.`)
      if (call.maxBatchSize <= 1) return (await invokeBatch([read.payload ?? null]))[0] ?? { result: null }
      return call.scope.batches.add(batchKey(name, call), read.payload ?? null, call.maxBatchSize, invokeBatch)
    },
  }
}

const batchKey = (name: string, call: DataSourceCall) => `${name} ${call.typeName}.${call.fieldName}`

/**
 * One element of a batch's answer may be `{data, errorMessage, errorType}`. Source: developer guide, "Configuring
 * batching for AWS Lambda resolvers".
 */
function batchElement(element: unknown): Outcome {
  if (!isRecord(element) || typeof element.errorMessage !== 'string') return { result: element }
  return {
    result: element.data ?? null,
    error: { type: String(element.errorType ?? 'Lambda:Unhandled'), message: element.errorMessage },
  }
}

function lambdaError(functionError: string, payload: unknown): { type: string; message: string } {
  const message = isRecord(payload) && typeof payload.errorMessage === 'string' ? payload.errorMessage : 'Unknown error'
  return { type: `Lambda:${functionError}`, message }
}

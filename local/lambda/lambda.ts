import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Caller, Credentials, PolicyDocument } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import type { Assembly, Resource } from '../aws/resource.ts'
import { sourceContext } from '../sqs/source-context.ts'
import type { Sqs } from '../sqs/sqs.ts'
import { buildRuntime } from './build-runtime.ts'
import { LATEST, environmentVariables } from './environment-variables.ts'
import { LambdaError } from './errors.ts'
import { EventSourceMapping } from './event-source-mapping.ts'
import { readEventSource } from './event-source-definition.ts'
import { ExecutionEnvironment } from './execution-environment.ts'
import { readFunction, type FunctionDefinition } from './function-definition.ts'
import { FunctionLog } from './function-log.ts'
import { FunctionPool } from './function-pool.ts'
import { DRAIN_MS, MAX_REQUEST_BYTES } from './limits.ts'
import { functionPolicy } from './permission.ts'

export interface LambdaOptions {
  assembly: Assembly
  sqs: Sqs
  /** Keys that a function signs its calls with. */
  credentialsFor(roleArn: string): Required<Credentials>
  /** Whom event source mappings poll as. */
  roleCaller(roleArn: string): Caller
  /** `AWS_ENDPOINT_URL_*`: where the SDK inside of functions finds the local services. */
  endpointEnvironment: Record<string, string>
  /**
   * Unpacked layers by ARN; their `nodejs/node_modules` go to `NODE_PATH`. Layers that aren't named here are passed
   * over: what they hold is found in the `node_modules` above the assembly.
   */
  layers?: ReadonlyMap<string, string>
  /** Most environments of a function at a time; one more than there are cores by default. */
  environmentsPerFunction?: number
}

/** What an invocation answers. */
export interface InvokeResult {
  /** The handler's result, parsed; with `functionError`, `{errorType, errorMessage, trace}`. */
  payload: unknown
  functionError?: 'Unhandled'
  /** Last 4 KB of the log, plain text. */
  logTail: string
}

export interface Lambda {
  /** @throws AwsError for what the template asks of Lambda that AWS would refuse, or that is not emulated */
  deploy(resources: Resource[]): void
  /** Throws unless there is such a function and the caller may invoke it. */
  authorize(functionArnOrName: string, caller: Caller): void
  /**
   * Runs the function and waits for it.
   * @param payload any JSON value, 6 MB as text
   * @throws AwsError AccessDenied, ResourceNotFoundException, RequestTooLargeException, TooManyRequestsException
   */
  invoke(functionArnOrName: string, payload: unknown, caller: Caller): Promise<InvokeResult>
  /** Starts the event source mappings. @throws LambdaError where a role or a queue does not suffice */
  start(): void
  /** Stops polling, gives what runs `drainMs` to end, then ends every process. */
  stop(drainMs?: number): Promise<void>
}

/** Environments beyond one a core: while one waits for an answer of the services, another computes. */
const ENVIRONMENTS_THAT_WAIT = 1

/** Resource types that change nothing about how functions run here. */
const PASSED_OVER = new Set(['AWS::Lambda::Permission', 'AWS::Lambda::LayerVersion'])
const READ = new Set(['AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping'])

interface Deployed {
  arn: string
  policy?: PolicyDocument
  pool: FunctionPool | NotImplemented
}

export function createLambda(context: ServiceContext, options: LambdaOptions): Lambda {
  const { dataDir, clock, log, region } = context
  const logFolder = join(dataDir, 'logs')
  mkdirSync(logFolder, { recursive: true })
  const runtimeFile = buildRuntime(dataDir)
  const functions = new Map<string, Deployed>()
  let mappings: EventSourceMapping[] = []

  function createPool(definition: FunctionDefinition): FunctionPool {
    const functionLog = new FunctionLog(definition, log, logFolder)
    const most = options.environmentsPerFunction ?? availableParallelism() + ENVIRONMENTS_THAT_WAIT
    const size = Math.min(definition.reservedConcurrency ?? Infinity, most)
    return new FunctionPool(definition, size, clock, () => {
      const variables = environmentVariables(definition, {
        region,
        credentials: options.credentialsFor(definition.roleArn),
        endpoints: options.endpointEnvironment,
        layerFolders: definition.layerArns.flatMap((arn) => options.layers?.get(arn) ?? []),
        now: clock.now(),
      })
      return new ExecutionEnvironment(definition, clock, functionLog, runtimeFile, variables)
    })
  }

  /** By name, by ARN, and by either with `:$LATEST`. */
  function find(functionArnOrName: string): Deployed {
    const unqualified = functionArnOrName.replace(new RegExp(`:${LATEST.replace('$', '\\$')}$`), '')
    for (const [name, deployed] of functions) {
      if (name === unqualified || deployed.arn === unqualified) return deployed
    }
    throw new LambdaError('ResourceNotFoundException', `Function not found: ${functionArnOrName}`)
  }

  function authorized(functionArnOrName: string, caller: Caller): Deployed {
    const deployed = find(functionArnOrName)
    context.authorizer.authorize(caller, {
      action: 'lambda:InvokeFunction',
      resource: deployed.arn,
      context: sourceContext(caller),
      ...(deployed.policy && { resourcePolicy: deployed.policy }),
    })
    return deployed
  }

  function requirePool({ pool }: Deployed): FunctionPool {
    if (pool instanceof NotImplemented) throw pool
    return pool
  }

  return {
    deploy(resources) {
      for (const { type, logicalId } of resources) {
        const isKnown = !type.startsWith('AWS::Lambda::') || READ.has(type) || PASSED_OVER.has(type)
        if (!isKnown) throw new NotImplemented(`${type} (${logicalId})`)
      }
      for (const { pool } of functions.values()) if (pool instanceof FunctionPool) void pool.stop(0)
      functions.clear()
      for (const resource of resources.filter(({ type }) => type === 'AWS::Lambda::Function')) {
        const definition = readFunction(resource, options.assembly)
        const arn = resource.attributes['Arn'] ?? resource.physicalId
        const policy = functionPolicy([resource.physicalId, arn], resources)
        const pool = definition instanceof NotImplemented ? definition : createPool(definition)
        functions.set(resource.physicalId, { arn, pool, ...(policy && { policy }) })
      }
      mappings = resources.flatMap((resource) => {
        const definition = resource.type === 'AWS::Lambda::EventSourceMapping' ? readEventSource(resource) : undefined
        if (!definition) return []
        const pool = requirePool(find(definition.functionName))
        const role = options.roleCaller(pool.definition.roleArn)
        return [new EventSourceMapping(definition, pool, role, options.sqs, context)]
      })
    },

    authorize(functionArnOrName, caller) {
      authorized(functionArnOrName, caller)
    },

    async invoke(functionArnOrName, payload, caller) {
      const pool = requirePool(authorized(functionArnOrName, caller))
      const text = JSON.stringify(payload ?? null)
      const bytes = Buffer.byteLength(text)
      if (bytes > MAX_REQUEST_BYTES) {
        const limit = `${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`
        throw new LambdaError('RequestTooLargeException', `Request must be smaller than ${limit}, received ${bytes}.`)
      }
      const { payload: answer, functionError, logTail } = await pool.invoke(text)
      return { payload: JSON.parse(answer) as unknown, logTail, ...(functionError && { functionError }) }
    },

    start() {
      for (const mapping of mappings) mapping.start()
    },

    async stop(drainMs = DRAIN_MS) {
      const stopped = mappings.map((mapping) => mapping.stop())
      const pools = [...functions.values()].flatMap(({ pool }) => (pool instanceof NotImplemented ? [] : [pool]))
      await Promise.all(pools.map((pool) => pool.stop(drainMs)))
      await Promise.all(stopped)
    },
  }
}

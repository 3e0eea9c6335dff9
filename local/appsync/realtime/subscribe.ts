import { createSourceEventStream, type GraphQLFieldResolver } from 'graphql'
import type { ServiceContext } from '../../aws/context.ts'
import { isRecord } from '../../aws/json.ts'
import { authenticate } from '../auth/authenticate.ts'
import { createLambdaBatches } from '../data-sources/lambda-batches.ts'
import type { ApiDefinition } from '../definition.ts'
import { RequestRefused } from '../errors.ts'
import { answerOf, prepareOperation, type PreparedOperation } from '../graphql/execute-operation.ts'
import { visibleVariables } from '../graphql/variables.ts'
import { GRAPHQL_PATH, type ServedApi } from '../http/handler.ts'
import { newScope, type OperationScope } from '../resolve/scope.ts'
import { filterFault } from './filter.ts'
import type { StartRequest } from './messages.ts'
import { SubscribeRefused } from './protocol.ts'
import type { Subscription } from './subscriptions.ts'

/** What the root field of a subscription told when its resolver ran: see `installSubscribers`. */
const STARTED = new WeakMap<OperationScope, { fieldName: string; args: Record<string, unknown> }>()

/**
 * Authorizes a `start`, runs the subscription's resolver once, and tells what it listens to.
 * @throws SubscribeRefused with what the client is told
 */
export async function openSubscription(
  request: StartRequest,
  { api, documents }: ServedApi,
  context: ServiceContext,
  sourceIp: string,
): Promise<Omit<Subscription, 'deliver' | 'complete'>> {
  const body: unknown = parseJson(request.data)
  if (!isRecord(body) || typeof body.query !== 'string') throw unsupported('unknown')
  const headers = request.authorization
  const { prepared, principal } = refusing(() => {
    const caller = authenticate({ headers, url: GRAPHQL_PATH, body: request.data, sourceIp }, api, context)
    const operationName = typeof body.operationName === 'string' ? body.operationName : undefined
    const variables = isRecord(body.variables) ? body.variables : {}
    return {
      principal: caller,
      prepared: prepareOperation({ query: String(body.query), variables, operationName }, api, documents),
    }
  })
  if ('errors' in prepared) throw new SubscribeRefused(prepared.errors.map(({ message }) => ({ message })))
  if (prepared.operation.operation !== 'subscription') throw unsupported(prepared.operation.operation)

  const scope = newScope({
    api,
    context,
    principal,
    headers,
    batches: createLambdaBatches(),
    runResolvers: true,
    variables: visibleVariables(api.schema, prepared.operation, prepared.variables),
  })
  await runRootResolver(prepared, scope, api)
  const started = STARTED.get(scope)
  if (!started) throw new Error('The subscription ran no root field.')
  const { subscriptionFilter, invalidationFilter } = scope.extensions
  for (const filter of [subscriptionFilter, invalidationFilter]) {
    const fault = filter && filterFault(filter)
    if (fault !== undefined) throw new SubscribeRefused([{ errorType: 'BadRequestException', message: fault }])
  }
  // Depth was held against the limit when the operation started; events are cut from values and run nothing.
  return {
    ...started,
    filter: subscriptionFilter,
    invalidationFilter,
    prepared,
    scope: { ...scope, runResolvers: false },
  }
}

async function runRootResolver(
  { document, operation, variables }: PreparedOperation,
  scope: OperationScope,
  api: ApiDefinition,
): Promise<void> {
  const result = await createSourceEventStream({
    schema: api.schema,
    document,
    variableValues: variables,
    operationName: operation.name?.value,
    contextValue: scope,
    rootValue: {},
  })
  const raised = [...scope.appended, ...('errors' in result ? result.errors ?? [] : [])]
  if (raised.length === 0) return
  const { errors = [] } = answerOf(null, raised, api)
  throw new SubscribeRefused(errors.map(({ errorType, message }) => ({ ...(errorType && { errorType }), message })))
}

/**
 * Lets `createSourceEventStream` run a subscription's guard and resolver; where its events come from is not
 * graphql-js's business.
 */
export function installSubscribers(api: ApiDefinition): void {
  for (const field of Object.values(api.schema.getSubscriptionType()?.getFields() ?? {})) {
    const resolve = field.resolve as GraphQLFieldResolver<unknown, OperationScope> | undefined
    field.subscribe = async (source: unknown, args: Record<string, unknown>, scope: OperationScope, info) => {
      await resolve?.(source, args, scope, info)
      STARTED.set(scope, { fieldName: field.name, args })
      return nothing()
    }
  }
}

async function* nothing(): AsyncGenerator<never> {}

const unsupported = (what: string) =>
  new SubscribeRefused([
    { errorType: 'UnsupportedOperation', message: `${what} not supported through the realtime channel` },
  ])

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RequestRefused)
      throw new SubscribeRefused([{ errorType: error.errorType, message: error.message }])
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, execute } from 'graphql'
import type { ServiceContext } from '../../aws/context.ts'
import { NotImplemented } from '../../aws/errors.ts'
import type { Principal } from '../auth/identity.ts'
import { createLambdaBatches } from '../data-sources/lambda-batches.ts'
import type { ApiDefinition } from '../definition.ts'
import { RequestRefused } from '../errors.ts'
import { newScope, type OperationScope } from '../resolve/scope.ts'
import type { Documents } from './documents.ts'
import { formatExecutionError } from './format-error.ts'
import type { WireError } from './wire-error.ts'
import { checkVariables, visibleVariables } from './variables.ts'

const BAD_REQUEST = 400

/** A GraphQL request's body. */
export interface GraphqlRequest {
  query: string
  variables: Record<string, unknown>
  operationName: string | undefined
}

/** AppSync's answer. */
export interface GraphqlAnswer {
  data: Record<string, unknown> | null
  errors?: WireError[]
}

/** A request that may be executed: parsed, valid, one operation chosen, variables good. */
export interface PreparedOperation {
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Record<string, unknown>
}

/**
 * Everything before the execution.
 * @returns errors when the query is invalid or a variable is
 * @throws RequestRefused for what isn't GraphQL, or names no operation
 */
export function prepareOperation(
  request: GraphqlRequest,
  api: ApiDefinition,
  documents: Documents,
): PreparedOperation | { errors: WireError[] } {
  const { document, errors } = documents.check(request.query)
  if (errors) return { errors }
  const operation = chooseOperation(document, request.operationName)
  const checked = checkVariables(api.schema, operation, request.variables)
  return checked.errors ? { errors: checked.errors } : { document, operation, variables: checked.values }
}

function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const chosen = name === undefined ? operations[0] : operations.find((one) => one.name?.value === name)
  if (name === undefined && operations.length > 1) throw malformed('Missing operation name.')
  if (!chosen)
    throw malformed(name === undefined ? 'Unable to parse GraphQL query.' : `Unknown operation named '${name}'.`)
  return chosen
}

const malformed = (message: string) => new RequestRefused(BAD_REQUEST, 'MalformedHttpRequestException', message)

/** What an execution came to; the scope tells what its code asked for besides. */
export interface Executed {
  prepared: PreparedOperation
  answer: GraphqlAnswer
  scope: OperationScope
}

/** Executes a query or a mutation; a mutation's root fields run one after the other. */
export async function executeOperation(
  prepared: PreparedOperation,
  caller: { principal: Principal; headers: Record<string, string> },
  api: ApiDefinition,
  context: ServiceContext,
): Promise<Executed> {
  const { document, operation, variables } = prepared
  if (operation.operation === 'subscription') throw new NotImplemented('A GraphQL subscription over HTTP (MQTT)')
  const scope = newScope({
    api,
    context,
    ...caller,
    runResolvers: true,
    batches: createLambdaBatches(),
    variables: visibleVariables(api.schema, operation, variables),
  })
  const { data, errors = [] } = await execute({
    schema: api.schema,
    document,
    variableValues: variables,
    operationName: operation.name?.value,
    contextValue: scope,
    rootValue: {},
  })
  return { prepared, answer: answerOf(data, [...scope.appended, ...errors], api), scope }
}

export function answerOf(
  data: Record<string, unknown> | null | undefined,
  errors: readonly GraphQLError[],
  api: ApiDefinition,
): GraphqlAnswer {
  const answer: GraphqlAnswer = { data: data ?? null }
  if (errors.length > 0) answer.errors = errors.map((error) => formatExecutionError(error, api.schema))
  return answer
}

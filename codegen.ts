import type { CodegenConfig } from '@graphql-codegen/cli'
import { isObjectType, getNamedType, type GraphQLField, type GraphQLNamedOutputType, type GraphQLSchema } from 'graphql'

/** What AppSync adds to every schema by itself; its own SDL must not repeat it. */
const APPSYNC_DEFINITIONS = /* GraphQL */ `
  scalar AWSDateTime
  scalar AWSURL
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION
`

/** Every leaf below a type, as the text of a selection set. Types of this schema don't recurse. */
function allLeaves(type: GraphQLNamedOutputType): string {
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields())
  return ` { ${fields.map((field) => field.name + allLeaves(getNamedType(field.type))).join(' ')} }`
}

/**
 * The back end's mutations, with all that they answer selected: subscribers receive only what the mutation selects.
 * Those are the fields of `Mutation` that IAM alone may call.
 */
function backEndMutations(schema: GraphQLSchema): string {
  const fields = Object.values(schema.getMutationType()!.getFields())
  const image = `/** All of \`Image\`, as the text of a selection set. */
export const ALL_OF_IMAGE = \`${allLeaves(schema.getType('Image') as GraphQLNamedOutputType).trim()}\`
`
  return [image, ...fields.filter(isForBackEnd).map(operationText)].join('\n')
}

function isForBackEnd({ astNode }: GraphQLField<unknown, unknown>): boolean {
  const directives = (astNode?.directives ?? []).map(({ name }) => name.value)
  return directives.length === 1 && directives[0] === 'aws_iam'
}

function operationText({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const variables = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const operationName = name.charAt(0).toUpperCase() + name.slice(1)
  return `/** \`${name}\` with all that it answers. */
export const ${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()} = \`mutation ${operationName}(${variables}) {
  ${name}(${passed})${allLeaves(getNamedType(type))}
}\`
`
}

const banner = [
  { add: { content: '// Generated from schema.graphql by `npm run codegen`. Edits are overwritten.' } },
]

const scalars = { AWSDateTime: 'string', AWSURL: 'string', ID: 'string' }

const config: CodegenConfig = {
  schema: [APPSYNC_DEFINITIONS, 'schema.graphql'],
  pluginLoader: async (name) => {
    if (name.endsWith('back-end-mutations')) return { plugin: backEndMutations }
    return import(name)
  },
  generates: {
    'generated/graphql.ts': {
      plugins: [...banner, 'typescript'],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, skipTypename: true },
    },
    'generated/back-end-mutations.ts': { plugins: [...banner, 'back-end-mutations'] },
    'generated/client.ts': {
      documents: 'client/operations.graphql',
      plugins: [...banner, 'typescript', 'typescript-operations', 'typed-document-node'],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, skipTypename: true, onlyOperationTypes: true, documentMode: 'string' },
    },
  },
}

export default config

import type { CodegenConfig } from '@graphql-codegen/cli'
import { isObjectType, getNamedType, type GraphQLNamedOutputType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

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

/** The back end's mutation with all of `Image` selected: subscribers receive only what the mutation selects. */
function recordImageProcessed(schema: GraphQLSchema): string {
  const image = schema.getType('Image') as GraphQLObjectType
  return `/** \`recordImageProcessed\` with every leaf of \`Image\`: subscribers receive only what the mutation selects. */
export const RECORD_IMAGE_PROCESSED = \`mutation RecordImageProcessed($input: RecordImageProcessedInput!) {
  recordImageProcessed(input: $input)${allLeaves(image)}
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
    if (name.endsWith('record-image-processed')) return { plugin: recordImageProcessed }
    return import(name)
  },
  generates: {
    'generated/graphql.ts': {
      plugins: [...banner, 'typescript'],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, skipTypename: true },
    },
    'generated/record-image-processed.ts': { plugins: [...banner, 'record-image-processed'] },
    'generated/client.ts': {
      documents: 'client/operations.graphql',
      plugins: [...banner, 'typescript', 'typescript-operations', 'typed-document-node'],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, skipTypename: true, onlyOperationTypes: true, documentMode: 'string' },
    },
  },
}

export default config

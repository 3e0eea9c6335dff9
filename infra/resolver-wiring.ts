import { buildSchema, GraphQLObjectType } from 'graphql'
import { filesOf, type FieldResolver } from './bundle/resolver-files.ts'

/** Types of which every field needs a resolver. Others read theirs from the parent unless a file says otherwise. */
const ROOT_TYPES = ['Query', 'Mutation', 'Subscription']

/** What AppSync adds to GraphQL's own scalars and directives, so that the schema parses. */
const APPSYNC_DEFINITIONS = `
  scalar AWSDate scalar AWSTime scalar AWSDateTime scalar AWSTimestamp scalar AWSEmail scalar AWSJSON
  scalar AWSURL scalar AWSPhone scalar AWSIPAddress
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_auth(cognito_groups: [String!]!) on FIELD_DEFINITION
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_lambda on OBJECT | FIELD_DEFINITION
`

/**
 * Compares schema, files and the table of data sources.
 * @param sdl text of `schema.graphql`
 * @param dataSources the table: a unit resolver's or a step's name -> its data source
 * @returns one sentence for everything that is missing or left over; empty when all fits
 */
export function findWiringFaults(
  sdl: string,
  resolvers: FieldResolver[],
  dataSources: Readonly<Record<string, string>>,
): string[] {
  return [...compareWithSchema(sdl, resolvers), ...compareWithTable(resolvers, dataSources)]
}

function compareWithSchema(sdl: string, resolvers: FieldResolver[]): string[] {
  const schema = buildSchema(sdl + APPSYNC_DEFINITIONS)
  const resolved = new Set(resolvers.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`))
  const missing = ROOT_TYPES.flatMap((typeName) => {
    const type = schema.getType(typeName)
    return type instanceof GraphQLObjectType ? Object.keys(type.getFields()).map((field) => `${typeName}.${field}`) : []
  }).filter((coordinate) => !resolved.has(coordinate))
  const unknown = resolvers.filter(({ typeName, fieldName }) => {
    const type = schema.getType(typeName)
    return !(type instanceof GraphQLObjectType && fieldName in type.getFields())
  })
  return [
    ...missing.map((coordinate) => `${coordinate} is in the schema, but there is no resolvers/${coordinate}.ts.`),
    ...unknown.map(({ typeName, fieldName, file }) => `${file.path}: the schema has no ${typeName}.${fieldName}.`),
  ]
}

function compareWithTable(resolvers: FieldResolver[], dataSources: Readonly<Record<string, string>>): string[] {
  // The code before and after a pipeline's steps has no data source of its own.
  const pipelines = new Set(resolvers.flatMap(({ kind, file }) => (kind === 'pipeline' ? [file.name] : [])))
  const names = filesOf(resolvers).map(({ name }) => name).filter((name) => !pipelines.has(name))
  return [
    ...names.filter((name) => !Object.hasOwn(dataSources, name))
      .map((name) => `resolvers/${name}.ts has no row in RESOLVER_DATA_SOURCES of infra/api.ts.`),
    ...Object.keys(dataSources).filter((name) => !names.includes(name))
      .map((name) => `RESOLVER_DATA_SOURCES of infra/api.ts has a row "${name}", but there is no such file.`),
  ]
}

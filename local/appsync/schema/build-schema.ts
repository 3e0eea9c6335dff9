import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type ScalarTypeDefinitionNode,
  buildASTSchema,
  parse,
  valueFromASTUntyped,
} from 'graphql'
import { AWS_DEFINITIONS } from './aws-directives.ts'
import { AWS_SCALARS, type ScalarCodec } from './aws-scalars.ts'

/**
 * The executable schema of a deployed SDL; AppSync's own scalars and directives need no definition in it.
 * @throws GraphQLError when the SDL doesn't parse or validate
 */
export function buildApiSchema(sdl: string): { schema: GraphQLSchema; document: DocumentNode } {
  const document = parse(sdl)
  const own = new Set(
    document.definitions.flatMap((node) =>
      node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.DIRECTIVE_DEFINITION ? [definitionKey(node)] : [],
    ),
  )
  const added = parse(AWS_DEFINITIONS).definitions.filter(
    (node) =>
      !(
        (node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.DIRECTIVE_DEFINITION) &&
        own.has(definitionKey(node))
      ),
  )
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions: [...added, ...document.definitions] })
  for (const [name, codec] of Object.entries(AWS_SCALARS)) {
    const type = schema.getType(name)
    if (type instanceof GraphQLScalarType) install(type, codec)
  }
  return { schema, document }
}

function definitionKey(node: ScalarTypeDefinitionNode | DirectiveDefinitionNode): string {
  return `${node.kind} ${node.name.value}`
}

function install(type: GraphQLScalarType, codec: ScalarCodec): void {
  const title = type.name.replace(/^AWS/, '')
  const parseOrThrow = (value: unknown) => {
    const parsed = codec.parse(value)
    if (parsed === undefined) throw new TypeError(`Unable to parse \`${String(value)}\` as ${title}.`)
    return parsed
  }
  type.parseValue = parseOrThrow
  type.parseLiteral = (node, variables) => parseOrThrow(valueFromASTUntyped(node, variables))
  type.serialize = (value) => {
    const written = codec.serialize(value)
    if (written === undefined)
      throw new TypeError(`Unable to serialize \`${String(value)}\` as a valid ${title} Object.`)
    return written
  }
}

/** Directives of every object type and of its fields, type extensions included. Keys are `Type` and `Type.field`. */
export function directivesByCoordinate(document: DocumentNode): Map<string, ConstDirectiveNode[]> {
  const found = new Map<string, ConstDirectiveNode[]>()
  const add = (key: string, directives: readonly ConstDirectiveNode[] | undefined) =>
    found.set(key, [...(found.get(key) ?? []), ...(directives ?? [])])
  const objects = document.definitions.filter(
    (node): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  )
  for (const type of objects) {
    add(type.name.value, type.directives)
    for (const field of type.fields ?? []) add(`${type.name.value}.${field.name.value}`, field.directives)
  }
  return found
}

/** A directive's list of strings, e.g. `mutations` of `@aws_subscribe`; undefined when the argument is left out. */
export function stringListArgument(directive: ConstDirectiveNode, name: string): string[] | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  if (value?.kind === Kind.STRING) return [value.value]
  if (value?.kind !== Kind.LIST) return undefined
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []))
}

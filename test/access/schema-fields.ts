import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Kind, parse, type TypeNode } from 'graphql'

/** A field of an object type. */
interface SchemaField { name: string; typeName: string }

/** Object types of schema.graphql by name. Its directives and scalars are AppSync's: read as text, not as a schema. */
const TYPES = new Map(
  parse(readFileSync(resolve(import.meta.dirname, '../../schema.graphql'), 'utf8')).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? [[definition.name.value, (definition.fields ?? []).map(({ name, type }) => (
          { name: name.value, typeName: namedType(type) }
        ))] as const]
      : []),
)

/** None for what is no object type. */
export function fieldsOf(typeName: string): readonly SchemaField[] {
  return TYPES.get(typeName) ?? []
}

/** All that lies below a type, so that every nested type has to let its reader in; of an image, which has rows, the id. */
export function selectionOf(typeName: string): string {
  const fields = fieldsOf(typeName)
  if (typeName === 'Image') return '{ id }'
  if (fields.length === 0) return ''
  return `{ ${fields.map((field) => `${field.name} ${selectionOf(field.typeName)}`).join(' ')} }`
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}

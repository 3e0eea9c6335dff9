import { Kind, type ValueNode } from 'graphql'

/** A literal as AppSync's validation messages print it: the way graphql-java prints its syntax tree. */
export function literalText(node: ValueNode): string {
  switch (node.kind) {
    case Kind.STRING:
      return `StringValue{value='${node.value}'}`
    case Kind.INT:
      return `IntValue{value=${node.value}}`
    case Kind.FLOAT:
      return `FloatValue{value=${node.value}}`
    case Kind.BOOLEAN:
      return `BooleanValue{value=${node.value}}`
    case Kind.ENUM:
      return `EnumValue{name='${node.value}'}`
    case Kind.NULL:
      return 'NullValue{}'
    case Kind.VARIABLE:
      return `VariableReference{name='${node.name.value}'}`
    case Kind.LIST:
      return `ArrayValue{values=[${node.values.map(literalText).join(', ')}]}`
    case Kind.OBJECT: {
      const fields = node.fields.map(
        (field) => `ObjectField{name='${field.name.value}', value=${literalText(field.value)}}`,
      )
      return `ObjectValue{objectFields=[${fields.join(', ')}]}`
    }
  }
}

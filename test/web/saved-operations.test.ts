import { Kind, parse, type FieldNode, type OperationDefinitionNode } from 'graphql'
import { expect, it } from 'vitest'
import { SAVED_OPERATIONS } from '../../web/explorer/saved-operations.ts'
import { fieldsOf } from '../access/schema-fields.ts'

/** For the back end alone. */
const NOT_SHOWN = ['mediaKey']

it('the saved operation for one image asks for everything that its owner may know', () => {
  const { query } = SAVED_OPERATIONS.find(({ tells }) => tells.startsWith('Everything'))!
  const [operation] = parse(query).definitions as [OperationDefinitionNode]
  const [image] = operation.selectionSet.selections as [FieldNode]
  const asked = (image.selectionSet?.selections ?? []).flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []))
  expect([...asked, ...NOT_SHOWN].sort()).toEqual(fieldsOf('Image').map(({ name }) => name).sort())
})

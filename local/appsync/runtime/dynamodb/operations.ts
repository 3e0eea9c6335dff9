import { isPlainObject } from '../to-json.ts'
import { expectList } from './payload.ts'

const DEFAULT_STEP = 1

/** What the functions of `operations` return; the shapes are recorded from AWS, but for remove and updateListItem. */
export type Operation =
  | { type: 'OPERATION_ADD'; value: unknown }
  | { type: 'OPERATION_REPLACE'; value: unknown }
  | { type: 'OPERATION_REMOVE' }
  | { type: 'OPERATION_INCREMENT'; by: number }
  | { type: 'OPERATION_DECREMENT'; by: number }
  | { type: 'OPERATION_APPEND'; items: unknown[] }
  | { type: 'OPERATION_PREPEND'; items: unknown[] }
  | { type: 'OPERATION_UPDATE_LIST_ITEM'; value: unknown; index: number }

/** Operations that were made by `operations`: data that looks like one is none. */
const made = new WeakSet<object>()

function make(operation: Operation): Operation {
  made.add(operation)
  return operation
}

export function isOperation(value: unknown): value is Operation {
  return isPlainObject(value) && made.has(value)
}

export const operations = {
  add: (value?: unknown) => make({ type: 'OPERATION_ADD', value }),
  replace: (value?: unknown) => make({ type: 'OPERATION_REPLACE', value }),
  remove: () => make({ type: 'OPERATION_REMOVE' }),
  increment: (by: number = DEFAULT_STEP) => make({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by: number = DEFAULT_STEP) => make({ type: 'OPERATION_DECREMENT', by }),
  append: (items?: unknown) => make({ type: 'OPERATION_APPEND', items: expectList(items, 'the items to append') }),
  prepend: (items?: unknown) => make({ type: 'OPERATION_PREPEND', items: expectList(items, 'the items to prepend') }),
  updateListItem: (value: unknown, index: number) => make({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
}

import type * as dynamodbTypes from '@aws-appsync/utils/dynamodb'
import { MODULES, type Members } from '../../../tools/appsync-js-check/allowed-names.ts'
import { batchDelete, batchGet, batchPut } from './dynamodb/batch.ts'
import { operations } from './dynamodb/operations.ts'
import { query, scan, sync } from './dynamodb/read-many.ts'
import { get, put, remove } from './dynamodb/single-item.ts'
import { transactGet, transactWrite } from './dynamodb/transact.ts'
import { update } from './dynamodb/update.ts'
import { runtime } from './early-return.ts'
import { extensions } from './extensions.ts'
import { toBinarySet, toNumberSet, toStringSet } from './util/dynamodb-values.ts'
import type { MembersOf } from './util/members-of.ts'
import { notEmulated } from './util/not-emulated.ts'
import { util } from './util/util.ts'

/** `@aws-appsync/utils/dynamodb`. */
export const dynamodb = {
  get,
  put,
  remove,
  update,
  query,
  scan,
  sync,
  batchGet,
  batchPut,
  batchDelete,
  transactGet,
  transactWrite,
  toStringSet,
  toNumberSet,
  toBinarySet,
  operations,
} satisfies MembersOf<typeof dynamodbTypes>

/** Every function of a module that the local run does not have, each saying so by name. */
function notEmulatedModule(path: string, members: Members): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const below = `${path}.${name}`
      return [name, member === true ? notEmulated(below) : notEmulatedModule(below, member)]
    })
  )
}

const notEmulatedAt = (specifier: string) => {
  const members = MODULES[specifier]
  return members === undefined || members === true ? {} : notEmulatedModule(specifier, members)
}

/** What each specifier gives that resolver code can import. */
export const modules: Readonly<Record<string, object>> = {
  '@aws-appsync/utils': { util, extensions, runtime },
  '@aws-appsync/utils/dynamodb': dynamodb,
  '@aws-appsync/utils/rds': notEmulatedAt('@aws-appsync/utils/rds'),
  '@aws-appsync/utils/ai': notEmulatedAt('@aws-appsync/utils/ai'),
}

import { AwsError, NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import {
  parameterTypes,
  requestCheck,
  validate,
  type DynaliteOperation,
  type DynaliteStore,
  type Item,
  type ParameterTypes,
} from './dynalite.ts'
import { MAX_CLIENT_TOKEN_CHARACTERS, MAX_TRANSACTION_ACTIONS } from './limits.ts'

export const TRANSACTIONS = ['TransactWriteItems', 'TransactGetItems'] as const
export type Transaction = (typeof TRANSACTIONS)[number]

/** One action of a transaction, as dynalite performs it. */
export interface TransactionAction {
  tableName: string
  /** A ConditionCheck is the deletion that never comes to pass: it reads and checks the same. */
  operation: DynaliteOperation
  data: Record<string, unknown>
  /** The key, or the item that holds it. */
  target: Item
  isCheck: boolean
  /** Whether a failed condition tells the item that stood in the way. */
  returnsItem: boolean
}

const CONDITION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues']

/** What each kind of action is to dynalite, and the parameters that it has. Source: DynamoDB API Reference. */
const KINDS: Record<Transaction, Record<string, { operation: DynaliteOperation; has: string[]; needs?: string }>> = {
  TransactWriteItems: {
    ConditionCheck: { operation: 'DeleteItem', has: ['TableName', 'Key', ...CONDITION], needs: 'ConditionExpression' },
    Put: { operation: 'PutItem', has: ['TableName', 'Item', ...CONDITION] },
    Update: {
      operation: 'UpdateItem',
      has: ['TableName', 'Key', 'UpdateExpression', ...CONDITION],
      needs: 'UpdateExpression',
    },
    Delete: { operation: 'DeleteItem', has: ['TableName', 'Key', ...CONDITION] },
  },
  TransactGetItems: {
    Get: { operation: 'GetItem', has: ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames'] },
  },
}

const RETURN_ON_FAILURE: ParameterTypes = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
}
const CLIENT_REQUEST_TOKEN: ParameterTypes = {
  ClientRequestToken: {
    type: 'String',
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_CLIENT_TOKEN_CHARACTERS,
  },
}

const TYPES = Object.fromEntries(TRANSACTIONS.map((name) => [name, typesOf(name)])) as Record<
  Transaction,
  ParameterTypes
>

/** Names of a transaction's own parameters. */
export function transactionParameters(name: Transaction): string[] {
  return Object.keys(TYPES[name])
}

/**
 * The actions of a transaction, valid each by itself, in their order.
 * @throws AwsError ValidationException or SerializationException
 * @throws NotImplemented naming a parameter that would silently be dropped
 */
export function readTransaction(
  store: DynaliteStore,
  name: Transaction,
  input: Record<string, unknown>,
): TransactionAction[] {
  refuseUnknown(name, input)
  const { TransactItems } = validate(store, input, TYPES[name], undefined)
  return (TransactItems as (Record<string, Record<string, unknown>> | null)[]).map((entry) => {
    const [[kind, parameters] = [], ...others] = Object.entries(entry ?? {})
    if (kind === undefined || parameters === undefined || others.length > 0) {
      throw new AwsError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete')
    }
    return readAction(store, name, kind, parameters)
  })
}

function readAction(
  store: DynaliteStore,
  name: Transaction,
  kind: string,
  { ReturnValuesOnConditionCheckFailure: onFailure, ...data }: Record<string, unknown>,
): TransactionAction {
  const { operation } = kindOf(name, kind)
  const wrong = requestCheck(operation)(data, store)
  if (wrong) throw new AwsError('ValidationException', wrong)
  return {
    tableName: String(data.TableName),
    operation,
    data: operation === 'GetItem' ? { ...data, ConsistentRead: true } : data,
    target: structuredClone(data.Item ?? data.Key) as Item,
    isCheck: kind === 'ConditionCheck',
    returnsItem: onFailure === 'ALL_OLD',
  }
}

function kindOf(name: Transaction, kind: string) {
  const known = KINDS[name][kind]
  if (!known) throw new NotImplemented(`DynamoDB's ${name} with ${kind}`)
  return known
}

function refuseUnknown(name: Transaction, { TransactItems: entries }: Record<string, unknown>): void {
  for (const [kind, parameters] of (Array.isArray(entries) ? entries : []).filter(isRecord).flatMap(Object.entries)) {
    const known = [...kindOf(name, kind).has, ...Object.keys(name === 'TransactWriteItems' ? RETURN_ON_FAILURE : {})]
    const unknown = Object.keys(isRecord(parameters) ? parameters : {}).find((one) => !known.includes(one))
    if (unknown === undefined) continue
    const member = `${kind}.${unknown}`
    throw new NotImplemented(`DynamoDB's ${name} with ${member}`)
  }
}

function typesOf(name: Transaction): ParameterTypes {
  const children = Object.fromEntries(
    Object.entries(KINDS[name]).map(([kind, { operation, has, needs }]) => {
      const types = parameterTypes(operation)
      const own = Object.fromEntries(
        has.map((parameter) => {
          const type = types[parameter]
          return [parameter, parameter === needs && isRecord(type) ? { ...type, notNull: true } : type]
        }),
      )
      const members = name === 'TransactWriteItems' ? { ...own, ...RETURN_ON_FAILURE } : own
      return [kind, { type: `FieldStruct<${kind}>`, children: members }]
    }),
  )
  return {
    ReturnConsumedCapacity: parameterTypes('PutItem').ReturnConsumedCapacity,
    ...(name === 'TransactWriteItems' && CLIENT_REQUEST_TOKEN),
    TransactItems: {
      type: 'List',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: MAX_TRANSACTION_ACTIONS,
      children: { type: `ValueStruct<${name.slice(0, -1)}>`, children },
    },
  }
}

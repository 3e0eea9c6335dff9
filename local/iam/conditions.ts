import { BlockList, isIPv6 } from 'node:net'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import { compileArnPattern, compileWildcard } from './wildcard.ts'

export type ConditionContext = Record<string, string | string[]>
export type CompiledCondition = (context: ConditionContext) => boolean

type ValueTest = (value: string) => boolean
type Operator = { compile(expected: string): ValueTest; negated?: boolean }

/**
 * Keys that are known and may rightly be absent from a request. A policy that names any other absent key is refused,
 * because "absent" would then only mean that the local run does not know it. Those with a `*` are prefixes.
 * Source: "AWS global condition context keys" and "Condition keys for Amazon S3" in the IAM references.
 */
const MAY_BE_ABSENT = [
  'aws:securetransport',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalservicename',
  'aws:principalisawsservice',
  'aws:viaawsservice',
  's3:prefix',
  's3:delimiter',
  's3:max-keys',
  's3:versionid',
  's3:x-amz-*',
  's3:if-none-match',
  's3:if-match',
].map((key) => compileWildcard(key))

/**
 * One `Condition` block: every operator and every key must hold, any one of a key's values is enough.
 * @throws NotImplemented naming an operator that is not in the table
 */
export function compileConditions(block: unknown): CompiledCondition {
  if (block === undefined) return () => true
  if (!isRecord(block)) throw new NotImplemented(`A Condition of the form ${JSON.stringify(block)}`)
  const tests = Object.entries(block).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw new NotImplemented(`A Condition of the form ${JSON.stringify(block)}`)
    return Object.entries(keys).map(([key, values]) =>
      compileTest(operator, key.toLowerCase(), [values].flat().map(String)),
    )
  })
  return (context) => tests.every((test) => test(context))
}

function compileTest(name: string, key: string, expected: string[]): CompiledCondition {
  const { set, base, ifExists } =
    /^(?:(?<set>ForAllValues|ForAnyValue):)?(?<base>\w+?)(?<ifExists>IfExists)?$/.exec(name)?.groups ?? {}
  if (base === 'Null' && !set && !ifExists) {
    return (context) => expected.some((value) => (value === 'true') === (valuesOf(context, key).length === 0))
  }
  const operator = base === undefined ? undefined : OPERATORS[base]
  if (!operator) throw new NotImplemented(`The condition operator ${name}`)
  const tests = expected.map((value) => operator.compile(value))
  const holds: ValueTest = operator.negated
    ? (value) => !tests.some((test) => test(value))
    : (value) => tests.some((test) => test(value))

  return (context) => {
    const given = valuesOf(context, key)
    if (given.length === 0) return set ? set === 'ForAllValues' : Boolean(ifExists) || operator.negated === true
    if (set === 'ForAllValues') return given.every(holds)
    return operator.negated && !set ? given.every(holds) : given.some(holds)
  }
}

function valuesOf(context: ConditionContext, key: string): string[] {
  const given = context[key]
  if (given === undefined && !MAY_BE_ABSENT.some((known) => known(key))) {
    throw new NotImplemented(`The condition key ${key}`)
  }
  return given === undefined ? [] : [given].flat()
}

const equals: Operator = { compile: (expected) => (value) => value === expected }
const equalsIgnoringCase: Operator = {
  compile: (expected) => (value) => value.toLowerCase() === expected.toLowerCase(),
}
const like: Operator = { compile: (expected) => compileWildcard(expected) }
const arnLike: Operator = { compile: compileArnPattern }
const inNetwork: Operator = {
  compile(expected) {
    const network = new BlockList()
    const [address = '', prefix] = expected.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) network.addAddress(address, family)
    else network.addSubnet(address, Number(prefix), family)
    return (value) => network.check(value, isIPv6(value) ? 'ipv6' : 'ipv4')
  },
}
const numeric = (holds: (value: number, expected: number) => boolean): Operator => ({
  compile: (expected) => (value) => holds(Number(value), Number(expected)),
})
/** Dates are ISO 8601 or seconds since the epoch. */
const epochMs = (date: string) => (/^\d+$/.test(date) ? Number(date) * 1000 : Date.parse(date))
const dated = (holds: (value: number, expected: number) => boolean): Operator => ({
  compile: (expected) => (value) => holds(epochMs(value), epochMs(expected)),
})
const not = (operator: Operator): Operator => ({ ...operator, negated: true })
const same = (value: number, expected: number) => value === expected
const less = (value: number, expected: number) => value < expected
const lessOrSame = (value: number, expected: number) => value <= expected
const greater = (value: number, expected: number) => value > expected
const greaterOrSame = (value: number, expected: number) => value >= expected

/** Source: "IAM JSON policy elements: Condition operators". `BinaryEquals` is the one that is not emulated. */
const OPERATORS: Record<string, Operator> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringNotEqualsIgnoreCase: not(equalsIgnoringCase),
  StringLike: like,
  StringNotLike: not(like),
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: not(arnLike),
  ArnNotLike: not(arnLike),
  Bool: equalsIgnoringCase,
  NumericEquals: numeric(same),
  NumericNotEquals: not(numeric(same)),
  NumericLessThan: numeric(less),
  NumericLessThanEquals: numeric(lessOrSame),
  NumericGreaterThan: numeric(greater),
  NumericGreaterThanEquals: numeric(greaterOrSame),
  DateEquals: dated(same),
  DateNotEquals: not(dated(same)),
  DateLessThan: dated(less),
  DateLessThanEquals: dated(lessOrSame),
  DateGreaterThan: dated(greater),
  DateGreaterThanEquals: dated(greaterOrSame),
  IpAddress: inNetwork,
  NotIpAddress: not(inNetwork),
}

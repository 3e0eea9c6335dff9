/**
 * What APPSYNC_JS 1.0.0 offers. Source: AppSync developer guide, "Supported runtime features" and "Built-in utilities";
 * the members of util, extensions, runtime and the modules are those of `@aws-appsync/utils`, held by a test.
 */

/** Globals that stand for a value. */
export const VALUE_GLOBALS: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity'])

/** Names below a name: `true` is a function to call, an object is one level deeper. */
export interface Members {
  readonly [name: string]: true | Members
}

const named = (...names: string[]): Members => Object.fromEntries(names.map((name) => [name, true] as const))

/** Members of `util`, as `@aws-appsync/utils` types them. */
export const UTIL_MEMBERS: Members = {
  ...named('escapeJavaScript', 'urlEncode', 'urlDecode', 'base64Encode', 'base64Decode'),
  ...named('autoId', 'autoUlid', 'autoKsuid', 'unauthorized', 'error', 'appendError', 'matches', 'authType'),
  time: named(
    'nowISO8601', 'nowEpochSeconds', 'nowEpochMilliSeconds', 'nowFormatted', 'parseFormattedToEpochMilliSeconds',
    'parseISO8601ToEpochMilliSeconds', 'epochMilliSecondsToSeconds', 'epochMilliSecondsToISO8601',
    'epochMilliSecondsToFormatted',
  ),
  dynamodb: named(
    'toDynamoDB', 'toString', 'toStringSet', 'toNumber', 'toNumberSet', 'toBinary', 'toBinarySet', 'toBoolean',
    'toNull', 'toList', 'toMap', 'toMapValues', 'toS3Object', 'fromS3ObjectJson',
  ),
  rds: named('toJsonObject'),
  http: named('copyHeaders', 'addResponseHeader', 'addResponseHeaders'),
  xml: named('toMap', 'toJsonString'),
  transform: named(
    'toDynamoDBFilterExpression', 'toDynamoDBConditionExpression', 'toElasticsearchQueryDSL', 'toSubscriptionFilter',
  ),
  math: named('roundNum', 'minVal', 'maxVal', 'randomDouble', 'randomWithinRange'),
  str: named('normalize'),
}

export const EXTENSIONS_MEMBERS: Members = named(
  'evictFromApiCache', 'setSubscriptionFilter', 'setSubscriptionInvalidationFilter', 'invalidateSubscriptions',
)

export const RUNTIME_MEMBERS: Members = named('earlyReturn')

/** Globals that are used by their members alone; `console` and the standard objects as the guide lists them. */
export const OBJECT_GLOBALS: Members = {
  util: UTIL_MEMBERS,
  extensions: EXTENSIONS_MEMBERS,
  runtime: RUNTIME_MEMBERS,
  console: named('log', 'error'),
  JSON: named('parse', 'stringify'),
  Math: named('random', 'min', 'max', 'round', 'floor', 'ceil'),
  Number: named('isFinite', 'isNaN'),
  Object: named('assign', 'entries', 'hasOwn', 'keys', 'values'),
  String: named('raw'),
}

/** What each importable module exports. */
export const MODULES: Members = {
  '@aws-appsync/utils': { util: UTIL_MEMBERS, extensions: EXTENSIONS_MEMBERS, runtime: RUNTIME_MEMBERS },
  '@aws-appsync/utils/dynamodb': {
    ...named('get', 'put', 'update', 'remove', 'query', 'scan', 'sync', 'batchGet', 'batchPut', 'batchDelete'),
    ...named('transactGet', 'transactWrite', 'toStringSet', 'toNumberSet', 'toBinarySet'),
    operations: named('add', 'remove', 'replace', 'increment', 'decrement', 'append', 'prepend', 'updateListItem'),
  },
  '@aws-appsync/utils/rds': {
    ...named('sql', 'select', 'insert', 'update', 'remove'),
    ...named('createMySQLStatement', 'createPgStatement', 'toJsonObject'),
    agg: named(
      'max', 'maxDistinct', 'min', 'minDistinct', 'count', 'countDistinct', 'avg', 'avgDistinct', 'sum', 'sumDistinct',
    ),
    typeHint: named('UUID', 'DATE', 'TIME', 'JSON', 'TIMESTAMP', 'DECIMAL'),
  },
  '@aws-appsync/utils/ai': named('invokeModel', 'converse'),
}

/**
 * Methods of strings and arrays. `includes` is not in the guide's lists, yet AWS's own examples call it
 * (`ctx.identity.groups.includes('admin')`, AppSync Events developer guide).
 */
export const ALLOWED_METHODS: ReadonlySet<string> = new Set([
  'charAt', 'concat', 'endsWith', 'indexOf', 'lastIndexOf', 'replace', 'replaceAll', 'slice', 'split', 'startsWith',
  'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart', 'includes',
  'fill', 'flat', 'join', 'pop', 'push', 'reverse', 'shift', 'sort', 'splice', 'unshift',
  'forEach', 'map', 'flatMap', 'filter', 'reduce', 'reduceRight', 'find', 'some', 'every', 'findIndex', 'findLast',
  'findLastIndex',
])

/** The methods that a function may be given to. Source: `@aws-appsync/eslint-plugin`, rule no-function-passing. */
export const CALLBACK_METHODS: ReadonlySet<string> = new Set([
  'map', 'find', 'filter', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'reduce', 'reduceRight', 'every',
  'some', 'flatMap',
])

const prototypes: object[] = [
  Array.prototype, String.prototype, Number.prototype, Boolean.prototype, Object.prototype, Function.prototype,
]

/** Every method that JavaScript itself gives to a value, and so what a method call most likely means. */
export const BUILT_IN_METHODS: ReadonlySet<string> = new Set(
  prototypes.flatMap((prototype) => Object.getOwnPropertyNames(prototype)).filter((name) => name !== 'length'),
)

/** Properties that lead from a value to the machinery behind it. */
export const MACHINERY_PROPERTIES: ReadonlySet<string> = new Set([
  'constructor', 'prototype', '__proto__', 'caller', 'callee', 'apply', 'bind', 'call',
])

import type { Util } from '@aws-appsync/utils'
import * as values from './dynamodb-values.ts'
import { toExpressionText } from './dynamodb-expression.ts'
import { appendError, authType, error, unauthorized } from './errors.ts'
import { addResponseHeader, addResponseHeaders, copyHeaders } from './http.ts'
import { autoId, autoKsuid, autoUlid } from './identifiers.ts'
import { maxVal, minVal, randomDouble, randomWithinRange, roundNum } from './math.ts'
import type { MembersOf } from './members-of.ts'
import { notEmulated } from './not-emulated.ts'
import { toElasticsearchQueryDSL } from './open-search-query.ts'
import { toSubscriptionFilter } from './subscription-filter.ts'
import { base64Decode, base64Encode, escapeJavaScript, matches, normalize, urlDecode, urlEncode } from './text.ts'
import * as time from './time.ts'

/** The global `util`: every member that AWS types, and no other. */
export const util = {
  error,
  appendError,
  unauthorized,
  authType,
  autoId,
  autoUlid,
  autoKsuid,
  escapeJavaScript,
  urlEncode,
  urlDecode,
  base64Encode,
  base64Decode,
  matches,
  str: { normalize },
  math: { roundNum, minVal, maxVal, randomDouble, randomWithinRange },
  time: { ...time },
  dynamodb: { ...values },
  http: { copyHeaders, addResponseHeader, addResponseHeaders },
  transform: {
    toDynamoDBFilterExpression: toExpressionText,
    toDynamoDBConditionExpression: toExpressionText,
    toSubscriptionFilter,
    toElasticsearchQueryDSL,
  },
  rds: { toJsonObject: notEmulated('util.rds.toJsonObject') },
  xml: { toMap: notEmulated('util.xml.toMap'), toJsonString: notEmulated('util.xml.toJsonString') },
} satisfies MembersOf<Util>

import type { StepUnits } from './life.ts'
import type { Requests } from './requests.ts'

/**
 * List prices of us-east-1 in US dollars, first tier beyond what is free, as read in November 2026. Sources: the price
 * pages of Amazon DynamoDB (on-demand), S3 (Standard), SQS (standard queues), AWS AppSync, Lambda and Rekognition. They
 * move: look before you quote.
 */
const PER_WRITE_UNIT = 0.625 / 1_000_000
const PER_READ_UNIT = 0.125 / 1_000_000
const PER_PUT_OR_LIST = 0.005 / 1_000
const PER_GET = 0.0004 / 1_000
const PER_SQS_REQUEST = 0.4 / 1_000_000
const PER_OPERATION = 4 / 1_000_000
const PER_UPDATE = 2 / 1_000_000
const PER_INVOCATION = 0.2 / 1_000_000
const PER_LABELLING = 0.001

/** Steps from the request to READY. */
const TO_READY = 3

/**
 * What is not counted in the local cloud: the owner's own request and event; that each message is received and deleted
 * once; and the look whether an upload came, one LIST a quarter of an hour later, ten messages at a time.
 */
const SQS_REQUESTS_PER_MESSAGE = 3
const OWN_OPERATIONS = 1
const OWN_UPDATES = 1
const EXPIRY_LISTS = 1
const EXPIRY_SHARE = 1 / 10

export interface Price {
  item: string
  /** An image. */
  times: number
  dollars: number
}

/** What an image costs from the request to READY, without the time of Lambda functions, storage and traffic. */
export function pricesOf(steps: StepUnits[], requests: Requests): Price[] {
  const toReady = steps.slice(0, TO_READY)
  const writes = toReady.reduce((sum, { table, indexes }) =>
    sum + Object.values(indexes).reduce((all, units) => all + units, table), 0)
  const reads = toReady.reduce((sum, { read }) => sum + read, 0)
  const asked = (action: string): number => requests.get(action) ?? 0
  const priced = (item: string, times: number, each: number): Price => ({ item, times, dollars: times * each })
  return [
    priced('Rekognition: DetectLabels', asked('rekognition:DetectLabels'), PER_LABELLING),
    priced('DynamoDB: write units', writes, PER_WRITE_UNIT),
    priced('DynamoDB: read units', reads, PER_READ_UNIT),
    priced('S3: PUT and LIST', asked('s3:PutObject') + EXPIRY_LISTS, PER_PUT_OR_LIST),
    priced('S3: GET', asked('s3:GetObjectVersion'), PER_GET),
    priced('AppSync: operations', asked('appsync:GraphQL') + OWN_OPERATIONS, PER_OPERATION),
    priced('AppSync: real-time updates', OWN_UPDATES, PER_UPDATE),
    priced('SQS: requests', asked('sqs:SendMessage') * SQS_REQUESTS_PER_MESSAGE, PER_SQS_REQUEST),
    priced('Lambda: requests', asked('lambda:InvokeFunction') + 1 + EXPIRY_SHARE, PER_INVOCATION),
  ]
}

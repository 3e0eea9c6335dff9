import type { Consumed } from '../../local/dynamodb/consumed-capacity.ts'
import { createRecordingAuthorizer } from '../least-privilege/recording-authorizer.ts'

/** What one operation cost. */
export interface Cost {
  /** Read capacity units. */
  rcu: number
  /** Write capacity units, of the table and its indexes. */
  wcu: number
  /** Calls of DynamoDB, SQS and Lambda. */
  requests: number
}

/** What is asked of IAM once a call, of services other than DynamoDB. */
const CALLS = ['lambda:InvokeFunction', 'sqs:SendMessage']

/** Reads of an index are told of once; writes of the table, and then of each index. */
const READS = ['GetItem', 'BatchGetItem', 'Query']

/** Measures what operations make a cloud consume: `options` go to the cloud. */
export function createMeter() {
  const consumed: Consumed[] = []
  const { authorizer, asked } = createRecordingAuthorizer()
  return {
    options: { authorizer, onConsumed: (one: Consumed) => void consumed.push(one) },

    /** What is consumed from when the operation is sent until its answer is there. */
    async measure(operation: () => Promise<unknown>): Promise<Cost> {
      consumed.length = 0
      asked.length = 0
      await operation()
      const dynamodb = consumed.filter(({ action, index }) => index === undefined || READS.includes(action))
      const others = asked.filter(({ request }) => CALLS.includes(request.action))
      return {
        rcu: consumed.reduce((sum, { readUnits }) => sum + readUnits, 0),
        wcu: consumed.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
        requests: dynamodb.length + others.length,
      }
    },
  }
}

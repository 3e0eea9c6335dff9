import type { RaisedError } from '../../local/appsync/code-runtime.ts'
import type { HandlerContext } from '../../local/appsync/runtime/evaluation.ts'
import { givenContext, givenResolver, USER_POOL } from './given.ts'

/** What a data source answers, or how it fails. */
export type StepOutcome = { result: HandlerContext['result'] } | { error: { type: string; message: string } }

interface Run {
  /** What each step asks its data source for; a step that asks for nothing is left out. */
  asked: Record<string, Record<string, unknown>>
  answer?: unknown
  error?: RaisedError | undefined
}

export const FAILURE = { error: { type: 'Internal', message: 'boom' } }

/** Where steps send to, and what of. */
const ENVIRONMENT = {
  REMOVALS_QUEUE_URL: 'https://sqs.example/1/removals',
  ARRIVALS_QUEUE_URL: 'https://sqs.example/1/arrivals',
  ORIGINALS_BUCKET: 'the-originals',
}

/** The bundles of a pipeline, one after the other as AppSync runs them for a user of the pool. */
export function givenPipeline(
  field: string, stepNames: readonly string[],
): (args: object, outcomes: Record<string, StepOutcome>) => Run {
  const pipeline = givenResolver(`${field}/index`)
  const steps = stepNames.map((name) => ({ name, code: givenResolver(`${field}/${name}`) }))
  return (args, outcomes) => {
    const env = { ...(givenContext().env as object), ...ENVIRONMENT }
    const context = (members: Partial<HandlerContext>) =>
      givenContext({ args: args as HandlerContext['args'], env, ...members })
    const asked: Run['asked'] = {}
    let { stash, error } = pipeline.evaluate('request', context({}), USER_POOL)
    let prev: HandlerContext['prev'] = null
    for (const { name, code } of steps) {
      if (error) return { asked, error }
      const before = code.evaluate('request', context({ stash, prev }), USER_POOL)
      if (before.error) return { asked, error: before.error }
      stash = before.stash
      if (before.earlyReturn) {
        prev = { result: before.earlyReturn.value }
        continue
      }
      asked[name] = before.result as Record<string, unknown>
      const outcome = outcomes[name] ?? { result: {} }
      const after = code.evaluate('response', context({ stash, prev, ...outcome }), USER_POOL)
      stash = after.stash
      error = after.error
      prev = { result: after.result }
    }
    if (error) return { asked, error }
    const end = pipeline.evaluate('response', context({ stash, prev }), USER_POOL)
    return { asked, answer: end.result, error: end.error }
  }
}

/** The messages that a step sends, each with its body read. */
export function messagesOf(request: Record<string, unknown> | undefined) {
  const { params } = request as { params: { body: string } }
  const { QueueUrl, Entries } = JSON.parse(params.body) as {
    QueueUrl: string
    Entries: { MessageBody: string; DelaySeconds: number; MessageAttributes: Record<string, { StringValue: string }> }[]
  }
  return Entries.map(({ MessageBody, DelaySeconds, MessageAttributes }) => ({
    queue: QueueUrl.split('/').at(-1),
    delaySeconds: DelaySeconds,
    body: JSON.parse(MessageBody) as unknown,
    attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, value]) => [name, value.StringValue])),
  }))
}

/** What SQS answers that took every message. */
export const SENT = { result: { statusCode: 200, body: '{"Successful":[{}],"Failed":[]}' } }

/** What SQS answers that took the request, and not the message. */
export const NOT_SENT = { result: { statusCode: 200, body: '{"Successful":[],"Failed":[{"Id":"0"}]}' } }

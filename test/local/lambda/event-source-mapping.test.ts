import type { SQSEvent } from 'aws-lambda'
import { afterEach, describe, expect, it } from 'vitest'
import { OPERATOR, arnOf, queueResource, urlOf } from '../sqs/given.ts'
import { ROLE, functionResource, givenLambda, mappingResource, type GivenLambda } from './given.ts'

const VISIBILITY_TIMEOUT_SECONDS = 30
const VISIBILITY_TIMEOUT_MS = VISIBILITY_TIMEOUT_SECONDS * 1_000
let given: GivenLambda
afterEach(() => given.stop())

/** `worker` consumes `jobs`; what `jobs` gives up after two receives goes to `dead`, which `undertaker` consumes. */
function givenMapping(
  handler: string,
  mapping: Record<string, unknown> = {},
  worker: Record<string, unknown> = {},
): void {
  const redrive = { RedrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 } }
  given = givenLambda(
    [
      queueResource('dead', { VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS }),
      queueResource('jobs', { VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS, ...redrive }),
      functionResource('worker', worker),
      functionResource('undertaker'),
      mappingResource('worker', 'jobs', mapping),
      mappingResource('undertaker', 'dead'),
    ],
    {
      worker: { 'index.js': `exports.handler = ${handler}` },
      undertaker: { 'index.js': "exports.handler = async (event) => console.log('buried', event.Records[0].body)" },
    },
  )
}

const send = (body: string): string => given.sqs.send(arnOf('jobs'), { body }, OPERATOR).messageId

async function counts(): Promise<{ visible: number; inFlight: number }> {
  const input = { QueueUrl: urlOf('jobs'), AttributeNames: ['All'] }
  const { Attributes } = await given.sqs.call('GetQueueAttributes', input, OPERATOR)
  const attributes = Attributes as Record<string, string>
  return {
    visible: Number(attributes['ApproximateNumberOfMessages']),
    inFlight: Number(attributes['ApproximateNumberOfMessagesNotVisible']),
  }
}

/** The events that the function printed, in order. */
const events = (): SQSEvent[] =>
  given.lines.filter((line) => line.startsWith('{"Records"')).map((line) => JSON.parse(line) as SQSEvent)

const PRINT_EVENT = "process.stdout.write(JSON.stringify(event) + '\\n')"

describe('a batch that succeeds', () => {
  it("is handed over in Lambda's shape, and its messages are deleted", async () => {
    givenMapping(`async (event) => { ${PRINT_EVENT} }`)
    given.lambda.start()
    const attributes = { lens: { DataType: 'String', StringValue: '50mm' } }
    const sentAt = given.clock.now()
    const { messageId } = given.sqs.send(arnOf('jobs'), { body: '{"n":1}', attributes }, ROLE)
    await given.logged('batch done, 1 of 1 messages deleted')
    expect(events()).toEqual([{
      Records: [{
        messageId,
        receiptHandle: expect.any(String) as string,
        body: '{"n":1}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(sentAt),
          SenderId: ROLE.kind === 'role' ? ROLE.arn : '',
          ApproximateFirstReceiveTimestamp: String(sentAt),
        },
        messageAttributes: {
          lens: { stringValue: '50mm', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        eventSource: 'aws:sqs',
        eventSourceARN: arnOf('jobs'),
        awsRegion: 'eu-central-1',
      }],
    }])
    expect(await counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  it('holds what waited already, up to the batch size', async () => {
    givenMapping(`async (event) => { ${PRINT_EVENT} }`, { BatchSize: 3 })
    for (let n = 1; n <= 4; n += 1) send(String(n))
    given.lambda.start()
    await given.logged('batch done', 2)
    expect(events().map(({ Records }) => Records.length).sort()).toEqual([1, 3])
  })

  it('gathers over the batching window', async () => {
    givenMapping(`async (event) => { ${PRINT_EVENT} }`, {
      BatchSize: 100, MaximumBatchingWindowInSeconds: 5, ScalingConfig: { MaximumConcurrency: 2 },
    }, { ReservedConcurrentExecutions: 1 })
    given.lambda.start()
    const handedOver = () => new Promise((resolve) => setImmediate(resolve))
    send('1')
    await handedOver()
    given.clock.advance(3_000)
    send('2')
    await handedOver()
    given.clock.advance(2_000)
    await given.logged('batch done, 2 of 2')
    expect(events().map(({ Records }) => Records.map(({ body }) => body))).toEqual([['1', '2']])
  })
})

describe('a batch that fails', () => {
  it.each([
    ['throws', "throw new Error('no')", 'Error'],
    ['exits', 'process.exit(1)', 'Runtime.ExitError'],
  ])('because the handler %s returns as a whole after the visibility timeout', async (_, failure, errorType) => {
    givenMapping(`async (event) => {
      ${PRINT_EVENT}
      if (event.Records[0].attributes.ApproximateReceiveCount === '1') ${failure}
    }`)
    send('a')
    send('b')
    given.lambda.start()
    await given.logged(`warn batch failed`)
    expect(given.lines.find((line) => line.startsWith('warn batch failed'))).toContain(errorType)
    expect(await counts()).toEqual({ visible: 0, inFlight: 2 })
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    await given.logged('batch done, 2 of 2 messages deleted')
    expect(events().at(-1)?.Records.map(({ body }) => body)).toEqual(['a', 'b'])
  })

  it('because the handler takes too long returns too, and the next environment works', async () => {
    givenMapping(`async (event) => {
      console.log('at work')
      if (event.Records[0].attributes.ApproximateReceiveCount === '1') for (;;);
    }`)
    given.lambda.start()
    send('a')
    await given.logged('at work')
    given.clock.advance(20_000)
    await given.logged('warn batch failed')
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    await given.logged('batch done, 1 of 1')
  })

  it('on every attempt goes to the dead-letter queue, whose consumer runs', async () => {
    givenMapping("async () => { throw new Error('never') }")
    given.lambda.start()
    send('poison')
    await given.logged('warn batch failed')
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    await given.logged('warn batch failed', 2)
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    await given.logged('buried poison')
    await given.logged('batch done, 1 of 1')
    expect(await counts()).toEqual({ visible: 0, inFlight: 0 })
  })
})

describe('a partial batch response', () => {
  const partial = { FunctionResponseTypes: ['ReportBatchItemFailures'] }

  it('deletes what succeeded and returns what is named', async () => {
    givenMapping(`async (event) => {
      ${PRINT_EVENT}
      const failed = event.Records.filter((r) => r.body === 'bad' && r.attributes.ApproximateReceiveCount === '1')
      return { batchItemFailures: failed.map((r) => ({ itemIdentifier: r.messageId })) }
    }`, partial)
    for (const body of ['good', 'bad', 'good']) send(body)
    given.lambda.start()
    await given.logged('batch done, 2 of 3 messages deleted')
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 })
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    await given.logged('batch done, 1 of 1 messages deleted')
    expect(events().at(-1)?.Records.map(({ body }) => body)).toEqual(['bad'])
  })

  it('that names a message of another batch fails the whole one', async () => {
    givenMapping("async () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })", partial)
    given.lambda.start()
    send('a')
    await given.logged('warn malformed batch response')
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 })
  })

  it('means nothing unless the mapping asks for it', async () => {
    givenMapping('async (event) => ({ batchItemFailures: [{ itemIdentifier: event.Records[0].messageId }] })')
    given.lambda.start()
    send('a')
    await given.logged('batch done, 1 of 1')
  })
})

describe('a mapping', () => {
  it('works on as many batches at a time as its maximum concurrency, and receives no more', async () => {
    const mapping = { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }
    givenMapping("async () => { console.log('at work'); await new Promise(() => setTimeout(() => {}, 1e6)) }", mapping)
    for (let n = 0; n < 5; n += 1) send(String(n))
    given.lambda.start()
    await given.logged('at work', 2)
    expect(await counts()).toEqual({ visible: 3, inFlight: 2 })
  })

  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    "does not start when the function's role lacks %s",
    (action) => {
      givenMapping('async () => 1')
      given.denied.add(action)
      expect(() => given.lambda.start()).toThrow(action)
    },
  )

  it('does not start when the visibility timeout is shorter than the function may run', () => {
    givenMapping('async () => 1', {}, { Timeout: VISIBILITY_TIMEOUT_SECONDS + 1 })
    expect(() => given.lambda.start()).toThrow('is less than Function timeout: 31 seconds')
  })

  it('polls as the role of the function', async () => {
    givenMapping('async () => 1')
    given.lambda.start()
    send('a')
    await given.logged('batch done')
    const polling = given.asked.filter(({ action }) => /^sqs:(ReceiveMessage|DeleteMessage)$/.test(action))
    expect(new Set(polling.map(({ caller }) => caller))).toEqual(new Set([ROLE]))
  })

  it('leaves a batch under way in the queue when the run stops', async () => {
    givenMapping("async () => { console.log('at work'); for (;;); }")
    given.lambda.start()
    send('a')
    await given.logged('at work')
    await given.lambda.stop(0)
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 })
  })
})

import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type QueueAttributeName,
} from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arnOf, givenSqs, queueResource, urlOf, type GivenSqs } from './given.ts'

const QueueUrl = urlOf('jobs')
const MAX_BYTES = 1_024
let given: GivenSqs

beforeEach(async () => {
  given = await givenSqs([queueResource('jobs', { MaximumMessageSize: MAX_BYTES }), queueResource('large')])
})
afterEach(() => given.stop())

const send = (MessageBody: string) => given.client.send(new SendMessageCommand({ QueueUrl, MessageBody }))
const named = (name: string) => expect.objectContaining({ name })

describe('refuses', () => {
  it('an unknown queue, by the code that clients of the query protocol know too', async () => {
    const command = new SendMessageCommand({ QueueUrl: urlOf('missing'), MessageBody: 'x' })
    await expect(given.client.send(command)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    })
    const byName = new GetQueueUrlCommand({ QueueName: 'missing' })
    await expect(given.client.send(byName)).rejects.toEqual(named('QueueDoesNotExist'))
  })

  it('a message above MaximumMessageSize, attributes included, and takes one of exactly that size', async () => {
    await expect(send('x'.repeat(MAX_BYTES))).resolves.toBeDefined()
    await expect(send('x'.repeat(MAX_BYTES + 1))).rejects.toEqual(named('InvalidParameterValue'))
    const command = new SendMessageCommand({
      QueueUrl,
      MessageBody: 'x'.repeat(MAX_BYTES),
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    })
    await expect(given.client.send(command)).rejects.toEqual(named('InvalidParameterValue'))
  })

  it('an empty body, and characters that XML cannot hold', async () => {
    await expect(send('')).rejects.toEqual(named('MissingParameter'))
    await expect(send('a\u0000b')).rejects.toEqual(named('InvalidMessageContents'))
  })

  it('message attributes without a value, with a reserved name, or more than ten of them', async () => {
    const attempt = (MessageAttributes: NonNullable<SendMessageCommand['input']['MessageAttributes']>) =>
      given.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }))
    const value = { DataType: 'String', StringValue: 'x' }
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, value]))
    for (const attributes of [{ a: { DataType: 'String' } }, { 'AWS.a': value }, eleven]) {
      await expect(attempt(attributes)).rejects.toEqual(named('InvalidParameterValue'))
    }
  })

  it('numbers outside of their ranges', async () => {
    const receive = (options: object) => given.client.send(new ReceiveMessageCommand({ QueueUrl, ...options }))
    for (const options of [
      { MaxNumberOfMessages: 0 }, { MaxNumberOfMessages: 11 }, { WaitTimeSeconds: 21 }, { VisibilityTimeout: 43_201 },
    ]) {
      await expect(receive(options)).rejects.toEqual(named('InvalidParameterValue'))
    }
    const delayed = new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 901 })
    await expect(given.client.send(delayed)).rejects.toEqual(named('InvalidParameterValue'))
  })

  it('receipt handles that are not its own, and messages that are not in flight', async () => {
    const forged = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'forged' })
    await expect(given.client.send(forged)).rejects.toEqual(named('ReceiptHandleIsInvalid'))
    await send('one')
    const { Messages } = await given.client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }))
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle
    given.clock.advance(1_000)
    const change = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 })
    await expect(given.client.send(change)).rejects.toEqual(named('MessageNotInflight'))
    await given.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    await expect(given.client.send(change)).rejects.toEqual(named('InvalidParameterValue'))
  })

  it('extending a message beyond twelve hours from its receive', async () => {
    await send('one')
    const { Messages } = await given.client.send(new ReceiveMessageCommand({ QueueUrl }))
    given.clock.advance(1_000)
    const change = (VisibilityTimeout: number) =>
      given.client.send(new ChangeMessageVisibilityCommand({
        QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle, VisibilityTimeout,
      }))
    await expect(change(43_200)).rejects.toEqual(named('InvalidParameterValue'))
    await expect(change(43_199)).resolves.toBeDefined()
  })

  it('an unknown queue attribute', async () => {
    const AttributeNames = ['Nonsense' as QueueAttributeName]
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames })
    await expect(given.client.send(command)).rejects.toEqual(named('InvalidAttributeName'))
  })

  it('a second purge within a minute', async () => {
    await send('one')
    await given.client.send(new PurgeQueueCommand({ QueueUrl }))
    expect((await given.client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()
    await expect(given.client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toEqual(named('PurgeQueueInProgress'))
    given.clock.advance(60_000)
    await expect(given.client.send(new PurgeQueueCommand({ QueueUrl }))).resolves.toBeDefined()
  })
})

describe('a batch', () => {
  const batch = (Entries: { Id: string; MessageBody: string }[], url = QueueUrl) =>
    given.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
  const entries = (length: number) => Array.from({ length }, (_, index) => ({ Id: `e${index}`, MessageBody: 'x' }))

  it('sends and deletes up to ten, each with an answer of its own', async () => {
    const sent = await batch([...entries(2), { Id: 'large', MessageBody: 'x'.repeat(MAX_BYTES + 1) }])
    expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['e0', 'e1'])
    expect(sent.Failed).toMatchObject([{ Id: 'large', Code: 'InvalidParameterValue', SenderFault: true }])
    const { Messages } = await given.client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    const Entries = [
      ...(Messages ?? []).map((message, index) => ({ Id: `d${index}`, ReceiptHandle: message.ReceiptHandle })),
      { Id: 'forged', ReceiptHandle: 'forged' },
    ]
    const deleted = await given.client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
    expect(deleted.Successful?.map((entry) => entry.Id)).toEqual(['d0', 'd1'])
    expect(deleted.Failed).toMatchObject([{ Id: 'forged', Code: 'ReceiptHandleIsInvalid' }])
  })

  it('is refused as a whole when it is empty, too long, or its ids are repeated or malformed', async () => {
    await expect(batch([])).rejects.toEqual(named('EmptyBatchRequest'))
    await expect(batch(entries(10))).resolves.toBeDefined()
    await expect(batch(entries(11))).rejects.toEqual(named('TooManyEntriesInBatchRequest'))
    await expect(batch([...entries(1), ...entries(1)])).rejects.toEqual(named('BatchEntryIdsNotDistinct'))
    await expect(batch([{ Id: 'a b', MessageBody: 'x' }])).rejects.toEqual(named('InvalidBatchEntryId'))
  })

  it('is refused above 1 MiB in all', async () => {
    const half = 'x'.repeat(524_288)
    const two = [{ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: half }]
    await expect(batch(two, urlOf('large'))).resolves.toBeDefined()
    const more = [...two, { Id: 'c', MessageBody: 'x' }]
    await expect(batch(more, urlOf('large'))).rejects.toEqual(named('BatchRequestTooLong'))
  })
})

describe('IAM', () => {
  it('is asked for each operation on the queue, a batch as for the single operation', async () => {
    await send('one')
    await given.client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }] }))
    await given.client.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(given.asked.map(({ action, resource }) => [action, resource])).toEqual([
      ['sqs:SendMessage', arnOf('jobs')],
      ['sqs:SendMessage', arnOf('jobs')],
      ['sqs:ReceiveMessage', arnOf('jobs')],
    ])
  })

  it('refuses before anything happens', async () => {
    given.denied.add('sqs:SendMessage')
    await expect(send('one')).rejects.toEqual(named('AccessDenied'))
    expect((await given.client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()
  })

  it("is given the queue's policy and the source on whose behalf a service sends", async () => {
    const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage' }]
    given.restart([
      queueResource('jobs'),
      {
        logicalId: 'Policy',
        type: 'AWS::SQS::QueuePolicy',
        physicalId: 'policy',
        attributes: {},
        properties: { Queues: [QueueUrl], PolicyDocument: { Version: '2012-10-17', Statement } },
      },
    ])
    const bucket = 'arn:aws:s3:::uploads'
    const caller = { kind: 'service', service: 's3.amazonaws.com', sourceArn: bucket } as const
    given.sqs.send(arnOf('jobs'), { body: '{}' }, caller)
    expect(given.asked.at(-1)).toMatchObject({
      caller, context: { 'aws:sourcearn': bucket }, resourcePolicy: { Statement },
    })
  })
})

describe('queues of the template', () => {
  it('are listed and found by name', async () => {
    const { QueueUrls } = await given.client.send(new ListQueuesCommand({ QueueNamePrefix: 'jo' }))
    const url = await given.client.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))
    expect(QueueUrls).toEqual([url.QueueUrl])
    await given.client.send(new SendMessageCommand({ QueueUrl: url.QueueUrl, MessageBody: 'x' }))
  })

  it.each([
    ['a FIFO queue', { FifoQueue: true }, 'NotImplemented'],
    ['a property that is not emulated', { RedriveAllowPolicy: {} }, 'NotImplemented'],
    ['a visibility timeout out of range', { VisibilityTimeout: 43_201 }, 'InvalidAttributeValue'],
    ['a dead-letter queue that is not there', {
      RedrivePolicy: { deadLetterTargetArn: arnOf('missing'), maxReceiveCount: 1 },
    }, 'InvalidAttributeValue'],
  ])('are refused by name: %s', (_, properties, name) => {
    expect(() => given.restart([queueResource('bad', properties)])).toThrow(named(name))
    given.restart([])
  })

  it('answers NotImplemented for an operation that is not emulated', async () => {
    await expect(given.client.send(new CreateQueueCommand({ QueueName: 'x' }))).rejects.toEqual(named('NotImplemented'))
  })
})

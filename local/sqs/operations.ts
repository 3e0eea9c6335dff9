import type { Caller } from '../aws/caller.ts'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import { SqsError, invalidParameter, queueDoesNotExist } from './errors.ts'
import * as limits from './limits.ts'
import { checkAttributes, checkBody, md5OfAttributes, md5OfBody, messageBytes } from './message.ts'
import { requireDeadLetterQueue } from './move-tasks.ts'
import {
  batchEntries,
  eachEntry,
  optionalInteger,
  optionalString,
  optionalStrings,
  requiredString,
} from './parameters.ts'
import type { Queue } from './queue.ts'
import { readQueueAttributes } from './queue-attributes.ts'
import { checkSystemAttributeNames, describeReceived } from './received-message.ts'
import { senderId } from './sender-id.ts'
import type { SqsState } from './sqs-state.ts'

type Input = Record<string, unknown>
type Operation = (state: SqsState, input: Input, caller: Caller) => Input | Promise<Input>

/** Finds the queue that a URL names, by account and name alone, and asks IAM. */
function allowedQueue(state: SqsState, input: Input, caller: Caller, action: string): Queue {
  const url = requiredString(input, 'QueueUrl')
  const [account, name] = url.split('/').slice(-2)
  const queue = account === state.context.accountId ? state.queues.get(name ?? '') : undefined
  if (!queue) throw queueDoesNotExist(url)
  state.authorize(caller, action, queue)
  return queue
}

function allowedQueueByArn(state: SqsState, arn: string, caller: Caller, action: string): Queue {
  const queue = state.queueByArn(arn)
  if (queue?.definition.arn !== arn) {
    throw new SqsError('ResourceNotFoundException', `The resource that you specified doesn't exist: ${arn}`)
  }
  state.authorize(caller, action, queue)
  return queue
}

/** Where clients find a queue: `<endpoint>/<account>/<name>`. */
export const queueUrl = (state: SqsState, name: string): string =>
  `${state.context.endpoints.aws}/${state.context.accountId}/${name}`

/** The X-Ray header is the one system attribute that senders may set. */
function traceHeader(input: Input): string | undefined {
  const attributes = input['MessageSystemAttributes']
  if (!isRecord(attributes)) return undefined
  const { AWSTraceHeader: trace, ...others } = attributes
  const [other] = Object.keys(others)
  if (other) throw invalidParameter('MessageSystemAttributes', other, 'Only AWSTraceHeader can be sent.')
  return isRecord(trace) && typeof trace['StringValue'] === 'string' ? trace['StringValue'] : undefined
}

function sendOne(queue: Queue, input: Input, caller: Caller): Input {
  if (input['MessageGroupId'] !== undefined) throw new NotImplemented('SQS MessageGroupId (fair queues)')
  if (input['MessageDeduplicationId'] !== undefined) {
    const reason = 'The request includes a parameter that is not valid for this queue type.'
    throw invalidParameter('MessageDeduplicationId', input['MessageDeduplicationId'], reason)
  }
  const attributes = checkAttributes(input['MessageAttributes'])
  const trace = traceHeader(input)
  const delaySeconds = optionalInteger(input, 'DelaySeconds', { min: 0, max: limits.MAX_DELAY_SECONDS })
  const stored = queue.send({
    body: checkBody(input['MessageBody']),
    attributes,
    senderId: senderId(caller),
    ...(trace !== undefined && { traceHeader: trace }),
    ...(delaySeconds !== undefined && { delaySeconds }),
  })
  const attributesMd5 = md5OfAttributes(attributes)
  const traceMd5 = trace === undefined
    ? undefined
    : md5OfAttributes({ AWSTraceHeader: { DataType: 'String', StringValue: trace } })
  return {
    MessageId: stored.id,
    MD5OfMessageBody: md5OfBody(stored.body),
    ...(attributesMd5 !== undefined && { MD5OfMessageAttributes: attributesMd5 }),
    ...(traceMd5 !== undefined && { MD5OfMessageSystemAttributes: traceMd5 }),
  }
}

/** An entry that is refused by itself counts for nothing here. */
function entryBytes(entry: Input): number {
  try {
    return messageBytes(checkBody(entry['MessageBody']), checkAttributes(entry['MessageAttributes']))
  } catch (error) {
    if (error instanceof SqsError) return 0
    throw error
  }
}

function sendBatch(state: SqsState, input: Input, caller: Caller): Input {
  const queue = allowedQueue(state, input, caller, 'sqs:SendMessage')
  const entries = batchEntries(input)
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0)
  if (bytes > limits.MAX_MESSAGE_BYTES) {
    const expected = `Batch requests cannot be longer than ${limits.MAX_MESSAGE_BYTES} bytes.`
    throw new SqsError('BatchRequestTooLong', `${expected} You have sent ${bytes} bytes.`)
  }
  return eachEntry(entries, (entry) => sendOne(queue, entry, caller))
}

async function receive(state: SqsState, input: Input, caller: Caller): Promise<Input> {
  const queue = allowedQueue(state, input, caller, 'sqs:ReceiveMessage')
  const visibilityTimeoutSeconds = visibilityTimeout(input)
  // AttributeNames is the older name of MessageSystemAttributeNames; queue attributes in it are passed over.
  const systemAttributeNames = optionalStrings(input, 'MessageSystemAttributeNames')
  checkSystemAttributeNames(systemAttributeNames)
  const asked = {
    systemAttributeNames: [...systemAttributeNames, ...optionalStrings(input, 'AttributeNames')],
    attributeNames: optionalStrings(input, 'MessageAttributeNames'),
  }
  const received = await queue.receive({
    maxMessages: optionalInteger(input, 'MaxNumberOfMessages', { min: 1, max: limits.MAX_BATCH_ENTRIES }) ?? 1,
    waitSeconds: waitTime(input) ?? queue.definition.waitSeconds,
    ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
    signal: state.stopped,
  })
  return received.length > 0 ? { Messages: received.map((one) => describeReceived(one, asked)) } : {}
}

const waitTime = (input: Input): number | undefined =>
  optionalInteger(input, 'WaitTimeSeconds', { min: 0, max: limits.MAX_WAIT_SECONDS })

const visibilityTimeout = (input: Input): number | undefined =>
  optionalInteger(input, 'VisibilityTimeout', { min: 0, max: limits.MAX_VISIBILITY_TIMEOUT_SECONDS })

function deleteOne(queue: Queue, input: Input): Input {
  queue.delete(requiredString(input, 'ReceiptHandle'))
  return {}
}

function changeVisibility(queue: Queue, input: Input): Input {
  const handle = requiredString(input, 'ReceiptHandle')
  const seconds = visibilityTimeout(input)
  if (seconds === undefined) throw invalidParameter('VisibilityTimeout', undefined, 'Expected a number of seconds.')
  queue.changeVisibility(handle, seconds)
  return {}
}

function getQueueUrl(state: SqsState, input: Input, caller: Caller): Input {
  const name = requiredString(input, 'QueueName')
  const account = optionalString(input, 'QueueOwnerAWSAccountId') ?? state.context.accountId
  const queue = account === state.context.accountId ? state.queues.get(name) : undefined
  if (!queue) throw queueDoesNotExist(`${account}/${name}`)
  state.authorize(caller, 'sqs:GetQueueUrl', queue)
  return { QueueUrl: queueUrl(state, name) }
}

function listQueues(state: SqsState, input: Input, caller: Caller): Input {
  const { region, accountId, authorizer } = state.context
  authorizer.authorize(caller, { action: 'sqs:ListQueues', resource: `arn:aws:sqs:${region}:${accountId}:*` })
  if (input['NextToken'] !== undefined || input['MaxResults'] !== undefined) {
    throw new NotImplemented('SQS ListQueues in pages (MaxResults, NextToken)')
  }
  const prefix = optionalString(input, 'QueueNamePrefix') ?? ''
  const names = [...state.queues.keys()].filter((name) => name.startsWith(prefix)).slice(0, limits.MAX_LISTED_QUEUES)
  return names.length > 0 ? { QueueUrls: names.map((name) => queueUrl(state, name)) } : {}
}

function purge(state: SqsState, input: Input, caller: Caller): Input {
  const queue = allowedQueue(state, input, caller, 'sqs:PurgeQueue')
  const { name } = queue.definition
  const now = state.context.clock.now()
  if (now - (state.purgedAt.get(name) ?? -Infinity) < limits.PURGE_INTERVAL_MS) {
    const interval = `${limits.PURGE_INTERVAL_MS} ms`
    throw new SqsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every ${interval}.`)
  }
  state.purgedAt.set(name, now)
  queue.purge()
  return {}
}

function startMoveTask(state: SqsState, input: Input, caller: Caller): Input {
  const source = allowedQueueByArn(state, requiredString(input, 'SourceArn'), caller, 'sqs:StartMessageMoveTask')
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
    state.authorize(caller, action, source)
  }
  const destinationArn = optionalString(input, 'DestinationArn')
  const destination =
    destinationArn === undefined ? undefined : allowedQueueByArn(state, destinationArn, caller, 'sqs:SendMessage')
  const perSecond = optionalInteger(input, 'MaxNumberOfMessagesPerSecond', { min: 1, max: limits.MAX_MOVED_PER_SECOND })
  requireDeadLetterQueue(source, state.queues.values())
  const task = { ...(destination && { destination }), ...(perSecond !== undefined && { perSecond }) }
  return { TaskHandle: state.moveTasks.start(source, task) }
}

function listMoveTasks(state: SqsState, input: Input, caller: Caller): Input {
  const source = allowedQueueByArn(state, requiredString(input, 'SourceArn'), caller, 'sqs:ListMessageMoveTasks')
  const maxResults = optionalInteger(input, 'MaxResults', { min: 1, max: limits.MAX_LISTED_MOVE_TASKS }) ?? 1
  return { Results: state.moveTasks.list(source, maxResults) }
}

function cancelMoveTask(state: SqsState, input: Input, caller: Caller): Input {
  const handle = requiredString(input, 'TaskHandle')
  const source = state.moveTasks.sourceOf(handle)
  state.authorize(caller, 'sqs:CancelMessageMoveTask', source)
  return { ApproximateNumberOfMessagesMoved: state.moveTasks.cancel(handle) }
}

/** Every operation that is emulated, by name. A batch asks IAM for the single operation's action, as on AWS. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(Object.entries({
  SendMessage: (state, input, caller) => sendOne(allowedQueue(state, input, caller, 'sqs:SendMessage'), input, caller),
  SendMessageBatch: sendBatch,
  ReceiveMessage: receive,
  DeleteMessage: (state, input, caller) => deleteOne(allowedQueue(state, input, caller, 'sqs:DeleteMessage'), input),
  DeleteMessageBatch(state, input, caller) {
    const queue = allowedQueue(state, input, caller, 'sqs:DeleteMessage')
    return eachEntry(batchEntries(input), (entry) => deleteOne(queue, entry))
  },
  ChangeMessageVisibility: (state, input, caller) =>
    changeVisibility(allowedQueue(state, input, caller, 'sqs:ChangeMessageVisibility'), input),
  ChangeMessageVisibilityBatch(state, input, caller) {
    const queue = allowedQueue(state, input, caller, 'sqs:ChangeMessageVisibility')
    return eachEntry(batchEntries(input), (entry) => changeVisibility(queue, entry))
  },
  GetQueueUrl: getQueueUrl,
  GetQueueAttributes(state, input, caller) {
    const queue = allowedQueue(state, input, caller, 'sqs:GetQueueAttributes')
    const attributes = readQueueAttributes(queue, optionalStrings(input, 'AttributeNames'))
    return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {}
  },
  ListQueues: listQueues,
  PurgeQueue: purge,
  StartMessageMoveTask: startMoveTask,
  ListMessageMoveTasks: listMoveTasks,
  CancelMessageMoveTask: cancelMoveTask,
} satisfies Record<string, Operation>))

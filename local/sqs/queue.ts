import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { SqsError, invalidParameter } from './errors.ts'
import { MAX_IN_FLIGHT_MESSAGES, MAX_VISIBILITY_TIMEOUT_SECONDS } from './limits.ts'
import { messageBytes, type MessageAttributes, type StoredMessage } from './message.ts'
import type { MessageStore } from './message-store.ts'
import type { QueueDefinition } from './queue-definition.ts'
import { formatReceiptHandle, parseReceiptHandle } from './receipt-handle.ts'
import { Visibility } from './visibility.ts'

const MS_PER_SECOND = 1_000

/** What a sender says of a message; checked already. */
export interface NewMessage {
  body: string
  attributes: MessageAttributes
  traceHeader?: string
  senderId: string
  /** The queue's own delay when left out. */
  delaySeconds?: number
}

export interface ReceivedMessage {
  message: Readonly<StoredMessage>
  receiptHandle: string
}

export interface ReceiveOptions {
  /** 1 to 10. */
  maxMessages: number
  /** How long to wait for a first message; 0 answers at once. */
  waitSeconds: number
  /** The queue's own timeout when left out. */
  visibilityTimeoutSeconds?: number
  /** Ends the wait early, with nothing received. */
  signal?: AbortSignal
}

/**
 * One standard queue: what is visible, what is in flight, who waits. Messages themselves are the store's; being in
 * flight is not stored, so whatever was in flight when the process ended is visible again at the next start.
 */
export class Queue {
  /** Where messages go that were received too often; set once all queues are known. */
  deadLetterQueue?: Queue
  private readonly visibility = new Visibility()
  /** Called whenever there may be something to receive, in order, until one empties the queue. */
  private readonly listeners = new Set<() => void>()
  private alarm?: { at: number; cancel(): void }

  constructor(
    readonly definition: QueueDefinition,
    private readonly store: MessageStore,
    private readonly clock: Clock,
  ) {
    for (const message of this.messages().values()) this.visibility.add(message.id, message.availableAt)
  }

  /** @throws SqsError InvalidParameterValueException when the message is too large for the queue */
  send(message: NewMessage): StoredMessage {
    const { maximumMessageBytes, delaySeconds, name } = this.definition
    const bytes = messageBytes(message.body, message.attributes)
    if (bytes > maximumMessageBytes) {
      const reason = `Message must be shorter than ${maximumMessageBytes} bytes, received ${bytes}.`
      throw new SqsError('InvalidParameterValueException', `One or more parameters are invalid. Reason: ${reason}`)
    }
    const sentAt = this.clock.now()
    const stored: StoredMessage = {
      id: randomUUID(),
      body: message.body,
      attributes: message.attributes,
      ...(message.traceHeader !== undefined && { traceHeader: message.traceHeader }),
      senderId: message.senderId,
      sentAt,
      availableAt: sentAt + (message.delaySeconds ?? delaySeconds) * MS_PER_SECOND,
      receiveCount: 0,
    }
    this.store.commit({ op: 'send', queue: name, message: stored })
    this.visibility.add(stored.id, stored.availableAt)
    this.wake()
    return stored
  }

  /** Answers as soon as there is at least one message, or with none when the wait is over. */
  async receive(options: ReceiveOptions): Promise<ReceivedMessage[]> {
    const received = this.take(options)
    if (received.length > 0 || options.waitSeconds === 0 || options.signal?.aborted) return received
    return new Promise((resolve) => {
      const finish = (messages: ReceivedMessage[]): void => {
        subscription.cancel()
        timer.cancel()
        options.signal?.removeEventListener('abort', giveUp)
        resolve(messages)
      }
      const giveUp = (): void => finish([])
      const timer = this.clock.after(options.waitSeconds * MS_PER_SECOND, giveUp)
      options.signal?.addEventListener('abort', giveUp)
      const subscription = this.onMessage(() => {
        const messages = this.take(options)
        if (messages.length > 0) finish(messages)
      })
    })
  }

  /** Calls back whenever a message has become visible: sent, its delay over, or returned. Not at subscription. */
  onMessage(callback: () => void): { cancel(): void } {
    const listener = (): void => callback()
    this.listeners.add(listener)
    this.setAlarm()
    return { cancel: () => void this.listeners.delete(listener) }
  }

  /** An old handle succeeds and deletes nothing, as on AWS. @throws SqsError ReceiptHandleIsInvalid */
  delete(receiptHandle: string): void {
    const { messageId, receiveCount } = parseReceiptHandle(receiptHandle, this.definition.name)
    const message = this.messages().get(messageId)
    if (!message || message.receiveCount !== receiveCount) return
    this.store.commit({ op: 'delete', queue: this.definition.name, id: messageId })
    this.visibility.delete(messageId)
  }

  /** @throws SqsError ReceiptHandleIsInvalid, InvalidParameterValueException or MessageNotInflight */
  changeVisibility(receiptHandle: string, visibilityTimeoutSeconds: number): void {
    const { messageId, receiveCount } = parseReceiptHandle(receiptHandle, this.definition.name)
    const message = this.messages().get(messageId)
    const now = this.clock.now()
    if (!message || message.receiveCount !== receiveCount) {
      const reason = 'Message does not exist or is not available for visibility timeout change.'
      throw invalidParameter('ReceiptHandle', receiptHandle, reason)
    }
    const receivedAt = this.visibility.receivedAt(messageId, now)
    if (receivedAt === undefined) {
      throw new SqsError('MessageNotInflight', `Message ${messageId} is not in flight.`)
    }
    const visibleAt = now + visibilityTimeoutSeconds * MS_PER_SECOND
    if (visibleAt - receivedAt > MAX_VISIBILITY_TIMEOUT_SECONDS * MS_PER_SECOND) {
      const limit = `[${MAX_VISIBILITY_TIMEOUT_SECONDS} seconds]`
      const reason = `Total VisibilityTimeout for the message is beyond the limit ${limit}.`
      throw invalidParameter('VisibilityTimeout', visibilityTimeoutSeconds, reason)
    }
    this.visibility.change(messageId, visibleAt)
    this.wake()
  }

  purge(): void {
    this.store.commit({ op: 'purge', queue: this.definition.name })
    this.visibility.clear()
  }

  /** Takes visible messages out for good: for a move task. */
  moveTo(target: (message: Readonly<StoredMessage>) => Queue | undefined, limit: number): number {
    if (limit <= 0) return 0
    let moved = 0
    for (const message of this.visible()) {
      const queue = target(message)
      if (!queue) continue
      const now = this.clock.now()
      const { deadLetterSourceArn: _, firstReceivedAt: __, ...kept } = message
      // A redriven message is a new one to SQS: its own id, its own age, no receives.
      queue.accept({ ...kept, id: randomUUID(), sentAt: now, availableAt: now, receiveCount: 0 }, this, message.id)
      moved += 1
      if (moved === limit) break
    }
    return moved
  }

  /** How many messages are visible, delayed and in flight. */
  count(): { visible: number; delayed: number; inFlight: number } {
    return this.visibility.count(this.clock.now())
  }

  close(): void {
    this.alarm?.cancel()
    this.listeners.clear()
  }

  private messages(): ReadonlyMap<string, StoredMessage> {
    return this.store.messages(this.definition.name)
  }

  private *visible(): Generator<Readonly<StoredMessage>> {
    const messages = this.messages()
    for (const id of this.visibility.inOrder(this.clock.now())) {
      const message = messages.get(id)
      if (message) yield message
    }
  }

  private accept(message: StoredMessage, from: Queue, formerId: string): void {
    const record = { op: 'move', from: from.definition.name, id: formerId, to: this.definition.name, message } as const
    this.store.commit(record)
    from.visibility.delete(formerId)
    this.visibility.add(message.id, message.availableAt)
    this.wake()
  }

  private take(options: ReceiveOptions): ReceivedMessage[] {
    const { name, arn, retentionSeconds, redrive } = this.definition
    const visibilityTimeoutSeconds = options.visibilityTimeoutSeconds ?? this.definition.visibilityTimeoutSeconds
    const now = this.clock.now()
    const received: ReceivedMessage[] = []
    for (const message of this.visible()) {
      if (message.sentAt + retentionSeconds * MS_PER_SECOND <= now) {
        this.store.commit({ op: 'delete', queue: name, id: message.id })
        this.visibility.delete(message.id)
        continue
      }
      if (redrive && this.deadLetterQueue && message.receiveCount >= redrive.maxReceiveCount) {
        this.deadLetterQueue.accept({ ...message, availableAt: now, deadLetterSourceArn: arn }, this, message.id)
        continue
      }
      if (this.count().inFlight >= MAX_IN_FLIGHT_MESSAGES) {
        throw new SqsError('OverLimit', `At most ${MAX_IN_FLIGHT_MESSAGES} messages of ${name} can be in flight.`)
      }
      this.store.commit({ op: 'receive', queue: name, id: message.id, at: now })
      this.visibility.receive(message.id, now, now + visibilityTimeoutSeconds * MS_PER_SECOND)
      const receipt = { queue: name, messageId: message.id, receiveCount: message.receiveCount }
      received.push({ message: { ...message }, receiptHandle: formatReceiptHandle(receipt) })
      if (received.length === options.maxMessages) break
    }
    this.setAlarm()
    return received
  }

  private wake(): void {
    for (const listener of [...this.listeners]) {
      if (this.count().visible === 0) break
      if (this.listeners.has(listener)) listener()
    }
    this.setAlarm()
  }

  /** Wakes whoever listens when the next hidden message becomes visible. */
  private setAlarm(): void {
    const now = this.clock.now()
    const at = this.listeners.size > 0 ? this.visibility.nextAt(now) : Infinity
    if (at === this.alarm?.at) return
    this.alarm?.cancel()
    this.alarm = undefined
    if (at === Infinity) return
    const timer = this.clock.after(at - now, () => {
      this.alarm = undefined
      this.wake()
    })
    this.alarm = { at, cancel: () => timer.cancel() }
  }
}

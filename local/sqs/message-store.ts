import { Journal } from './journal.ts'
import type { StoredMessage } from './message.ts'

/** Everything that can happen to a message. `queue` is the queue's name. */
export type MessageRecord =
  | { op: 'send'; queue: string; message: StoredMessage }
  | { op: 'receive'; queue: string; id: string; at: number }
  | { op: 'delete'; queue: string; id: string }
  | { op: 'move'; from: string; id: string; to: string; message: StoredMessage }
  | { op: 'purge'; queue: string }

const NOTHING: ReadonlyMap<string, StoredMessage> = new Map()

/** All queues' messages, in order of arrival, in memory and in one journal: a move between queues is one record. */
export class MessageStore {
  private readonly queues = new Map<string, Map<string, StoredMessage>>()
  private readonly journal: Journal<MessageRecord>

  constructor(file: string) {
    this.journal = new Journal(file, (record) => this.apply(record))
  }

  /** Writes the record down, then does what it says. */
  commit(record: MessageRecord): void {
    this.journal.append(record)
    this.apply(record)
    if (this.journal.shouldCompact(this.size())) this.journal.compact(this.snapshot())
  }

  messages(queue: string): ReadonlyMap<string, StoredMessage> {
    return this.queues.get(queue) ?? NOTHING
  }

  queueNames(): string[] {
    return [...this.queues].filter(([, messages]) => messages.size > 0).map(([name]) => name)
  }

  close(): void {
    this.journal.close()
  }

  private queue(name: string): Map<string, StoredMessage> {
    let messages = this.queues.get(name)
    if (!messages) this.queues.set(name, (messages = new Map()))
    return messages
  }

  private apply(record: MessageRecord): void {
    switch (record.op) {
      case 'send':
        this.queue(record.queue).set(record.message.id, record.message)
        return
      case 'receive': {
        const message = this.queue(record.queue).get(record.id)
        if (!message) return
        message.receiveCount += 1
        message.firstReceivedAt ??= record.at
        return
      }
      case 'delete':
        this.queue(record.queue).delete(record.id)
        return
      case 'move':
        this.queue(record.from).delete(record.id)
        this.queue(record.to).set(record.message.id, record.message)
        return
      case 'purge':
        this.queue(record.queue).clear()
    }
  }

  private size(): number {
    let size = 0
    for (const messages of this.queues.values()) size += messages.size
    return size
  }

  private *snapshot(): Iterable<MessageRecord> {
    for (const [queue, messages] of this.queues) {
      for (const message of messages.values()) yield { op: 'send', queue, message }
    }
  }
}

import { SqsError } from './errors.ts'

/** What a receipt handle says: one receive of one message from one queue. */
export interface Receipt {
  queue: string
  messageId: string
  /** The message's receive count at that receive. */
  receiveCount: number
}

/** Between the parts of a handle; none of them can hold it. */
const SEPARATOR = '/'
const RECEIPT = /^receipt\/([^/]+)\/([^/]+)\/([1-9]\d*)$/

export const formatReceiptHandle = (receipt: Receipt): string =>
  Buffer.from(['receipt', receipt.queue, receipt.messageId, receipt.receiveCount].join(SEPARATOR)).toString('base64')

/** @throws SqsError ReceiptHandleIsInvalid when it never came from this queue */
export function parseReceiptHandle(handle: string, queue: string): Receipt {
  const match = RECEIPT.exec(Buffer.from(handle, 'base64').toString('utf8'))
  const receipt = match && { queue: match[1] ?? '', messageId: match[2] ?? '', receiveCount: Number(match[3]) }
  if (!receipt || receipt.queue !== queue) {
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not one of queue ${queue}.`)
  }
  return receipt
}

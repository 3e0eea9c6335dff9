import { createHash } from 'node:crypto'
import { isRecord } from '../aws/json.ts'
import { SqsError, invalidParameter, missingParameter } from './errors.ts'
import { FORBIDDEN_CHARACTERS, MAX_ATTRIBUTE_NAME_LENGTH, MAX_MESSAGE_ATTRIBUTES } from './limits.ts'

/** A message attribute as it travels in JSON. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, optionally with a label: `Number.byte`. */
  DataType: string
  StringValue?: string
  /** Base64. */
  BinaryValue?: string
}

export type MessageAttributes = Record<string, MessageAttribute>

/** What a queue keeps of a message, and what outlives the process. Times are milliseconds since the epoch. */
export interface StoredMessage {
  id: string
  body: string
  attributes: MessageAttributes
  /** X-Ray trace header that the sender gave along. */
  traceHeader?: string
  /** Who sent it: a role's ARN, a service's name, or `anonymous`. */
  senderId: string
  sentAt: number
  /** Nobody receives it before. */
  availableAt: number
  receiveCount: number
  firstReceivedAt?: number
  /** ARN of the queue that gave it up, when this one is its dead-letter queue. */
  deadLetterSourceArn?: string
}

/** What attributes may be called, and which types they have. Source: SQS developer guide, "Message metadata". */
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]+(?<!\.)$/
const RESERVED_NAME = /^(aws|amazon)\./i
const ATTRIBUTE_TYPE = /^(String|Number|Binary)(\..+)?$/

/** Marks in front of an attribute's value in the digest: how the value travels. */
const STRING_TRANSPORT = 1
const BINARY_TRANSPORT = 2
/** Lengths in the digest are 32-bit, big-endian. */
const LENGTH_BYTES = 4

export const md5OfBody = (body: string): string => createHash('md5').update(body, 'utf8').digest('hex')

const valueBytes = (attribute: MessageAttribute): Buffer =>
  attribute.DataType.startsWith('Binary')
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '', 'utf8')

/**
 * MD5 over name, type and value of each attribute in the order of their names, each with its length before it.
 * @returns undefined when there are none: SQS then leaves the member out
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const hash = createHash('md5')
  const withLength = (bytes: Buffer): void => {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute
    withLength(Buffer.from(name, 'utf8'))
    withLength(Buffer.from(attribute.DataType, 'utf8'))
    hash.update(Buffer.of(attribute.DataType.startsWith('Binary') ? BINARY_TRANSPORT : STRING_TRANSPORT))
    withLength(valueBytes(attribute))
  }
  return hash.digest('hex')
}

/** What counts towards the size limits: the body, and each attribute's name, type and value, in UTF-8 bytes. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  let bytes = Buffer.byteLength(body)
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute).length
  }
  return bytes
}

export function checkBody(body: unknown): string {
  if (body === undefined || body === null || body === '') throw missingParameter('MessageBody')
  if (typeof body !== 'string') throw invalidParameter('MessageBody', typeof body, 'Must be a string.')
  const forbidden = FORBIDDEN_CHARACTERS.exec(body)
  if (forbidden) {
    const code = forbidden[0].codePointAt(0)?.toString(16)
    throw new SqsError('InvalidMessageContents', `The message holds the character #x${code}, which is not allowed.`)
  }
  return body
}

function checkAttribute(name: string, value: unknown): MessageAttribute {
  const invalid = (reason: string): SqsError => invalidParameter(`MessageAttributes.${name}`, name, reason)
  if (name.length > MAX_ATTRIBUTE_NAME_LENGTH) {
    throw invalid(`The name has ${name.length} characters, at most ${MAX_ATTRIBUTE_NAME_LENGTH} are allowed.`)
  }
  if (!ATTRIBUTE_NAME.test(name)) {
    throw invalid('A name has letters, digits, underscores, hyphens and single dots, none at its ends.')
  }
  if (RESERVED_NAME.test(name)) throw invalid('Names that start with AWS. or Amazon. are reserved.')
  if (!isRecord(value)) throw invalid('Expected an object with DataType and a value.')
  const { DataType: type, StringValue: text, BinaryValue: binary } = value
  if (typeof type !== 'string' || !ATTRIBUTE_TYPE.test(type)) {
    throw invalid(`DataType must be String, Number or Binary with an optional label, received ${String(type)}.`)
  }
  if (type.startsWith('Binary')) {
    if (typeof binary !== 'string' || binary === '') throw invalid(`${type} must carry a non-empty BinaryValue.`)
    return { DataType: type, BinaryValue: binary }
  }
  if (typeof text !== 'string' || text === '') throw invalid(`${type} must carry a non-empty StringValue.`)
  if (type.startsWith('Number') && !Number.isFinite(Number(text))) throw invalid(`"${text}" is not a number.`)
  return { DataType: type, StringValue: text }
}

/** @throws SqsError InvalidParameterValueException */
export function checkAttributes(attributes: unknown): MessageAttributes {
  if (attributes === undefined || attributes === null) return {}
  if (!isRecord(attributes)) throw invalidParameter('MessageAttributes', typeof attributes, 'Must be a map.')
  const names = Object.keys(attributes)
  if (names.length > MAX_MESSAGE_ATTRIBUTES) {
    const reason = `A message has at most ${MAX_MESSAGE_ATTRIBUTES} attributes, received ${names.length}.`
    throw invalidParameter('MessageAttributes', names.length, reason)
  }
  return Object.fromEntries(names.map((name) => [name, checkAttribute(name, attributes[name])]))
}

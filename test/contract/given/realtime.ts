import { WebSocket } from 'ws'
import type { Person } from '../target/people.ts'
import { givenTarget } from './target.ts'

/** A message of the real-time protocol. Source: AppSync developer guide, "Building a real-time WebSocket client". */
export interface Message {
  type: string
  id?: string
  payload?: { data?: Record<string, unknown> | null; errors?: MessageError[]; connectionTimeoutMs?: number }
}
export interface MessageError {
  errorType?: string
  message: string
}

/** Longest wait for any message. */
const MESSAGE_WITHIN_MS = 60_000

export const SUBPROTOCOL = 'graphql-ws'
const AWS_HOST = /^(?<api>[^.]+)\.appsync-api\.(?<rest>.+)$/

/**
 * Where subscriptions connect: AWS has a host of its own for them, any other endpoint a path.
 * @param graphqlUrl `https://<id>.appsync-api.<region>.amazonaws.com/graphql`, or another endpoint
 */
export function realtimeUrl(graphqlUrl: string): string {
  const url = new URL(graphqlUrl)
  const { api, rest } = AWS_HOST.exec(url.host)?.groups ?? {}
  if (api) return `wss://${api}.appsync-realtime-api.${rest}${url.pathname}`
  return `${url.protocol === 'https:' ? 'wss:' : 'ws:'}//${url.host}${url.pathname}/realtime`
}

/** What a connection and each `start` say of who they are. */
export type AuthHeader = Record<string, string>
const host = () => new URL(givenTarget().outputs.data.url).host
export const headerOf = ({ idToken }: Pick<Person, 'idToken'>): AuthHeader => ({ host: host(), Authorization: idToken })
export const guestHeader = (): AuthHeader => ({ host: host(), 'x-api-key': givenTarget().outputs.data.api_key })

/** Ways of a client to say who it is before the first message. */
export const HANDSHAKES = {
  /** Today's clients: in a second subprotocol. */
  subprotocol: (header: AuthHeader) => ({
    url: realtimeUrl(givenTarget().outputs.data.url),
    protocols: [SUBPROTOCOL, `header-${Buffer.from(JSON.stringify(header)).toString('base64url')}`],
  }),
  /** Older clients: in the query, with an empty payload. */
  query: (header: AuthHeader) => {
    const url = new URL(realtimeUrl(givenTarget().outputs.data.url))
    url.searchParams.set('header', Buffer.from(JSON.stringify(header)).toString('base64'))
    url.searchParams.set('payload', Buffer.from('{}').toString('base64'))
    return { url: url.href, protocols: [SUBPROTOCOL] }
  },
} satisfies Record<string, (header: AuthHeader) => { url: string; protocols: string[] }>
export type Handshake = keyof typeof HANDSHAKES

export interface Connection {
  /** The subprotocol that the server chose. */
  readonly protocol: string
  send(message: object): void
  /** The next message that is no `ka`, in the order they came. @throws Error when none comes in time */
  next(): Promise<Message>
  start(id: string, query: { toString(): string }, variables: object, header: AuthHeader): void
  close(): void
}

/** Opens a socket and says nothing yet. */
export async function connect(header: AuthHeader, handshake: Handshake = 'subprotocol'): Promise<Connection> {
  const { url, protocols } = HANDSHAKES[handshake](header)
  const socket = new WebSocket(url, protocols)
  const come: Message[] = []
  const waiting: ((message: Message) => void)[] = []
  socket.on('message', (frame: Buffer) => {
    const message = JSON.parse(frame.toString('utf8')) as Message
    if (message.type === 'ka') return
    const take = waiting.shift()
    if (take) take(message)
    else come.push(message)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const send = (message: object) => socket.send(JSON.stringify(message))
  return {
    protocol: socket.protocol,
    send,
    next: () => come.length > 0 ? Promise.resolve(come.shift()!) : new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No message within ${MESSAGE_WITHIN_MS} ms.`)), MESSAGE_WITHIN_MS)
      waiting.push((message) => {
        clearTimeout(timer)
        resolve(message)
      })
    }),
    start: (id, query, variables, authorization) => send({
      id,
      type: 'start',
      payload: { data: JSON.stringify({ query: query.toString(), variables }), extensions: { authorization } },
    }),
    close: () => socket.close(),
  }
}

/** Opens a socket and has it acknowledged. */
export async function connectAcknowledged(header: AuthHeader, handshake?: Handshake): Promise<Connection> {
  const connection = await connect(header, handshake)
  connection.send({ type: 'connection_init' })
  const message = await connection.next()
  if (message.type !== 'connection_ack') throw new Error(`expected connection_ack, got ${JSON.stringify(message)}`)
  return connection
}

/** An error's name without the namespace that AWS sometimes puts before it. */
export const nameOf = (error: MessageError | undefined) => error?.errorType?.split('#').at(-1)

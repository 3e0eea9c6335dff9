import { WebSocket } from 'ws'
import { API_KEY, type GivenAppSync } from '../given.ts'

export type Message = { type: string; id?: string; payload?: Record<string, unknown> }

/** A queue: whoever waits gets what comes, in order; nobody sleeps. */
export function messageQueue<T>(): { push(item: T): void; next(): Promise<T>; waiting(): T[] } {
  const items: T[] = []
  const takers: ((item: T) => void)[] = []
  return {
    push(item) {
      const taker = takers.shift()
      if (taker) taker(item)
      else items.push(item)
    },
    next: () =>
      new Promise((resolve) => {
        const item = items.shift()
        if (item === undefined) takers.push(resolve)
        else resolve(item)
      }),
    waiting: () => [...items],
  }
}

const base64Url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface RawClient {
  socket: WebSocket
  send(message: unknown): void
  next(): Promise<Message>
  /** The next message that is no `ka`. */
  nextOf(type: string): Promise<Message>
  /** Sends `start` and waits for what it is answered with. */
  start(
    id: string,
    query: string,
    rest?: { variables?: Record<string, unknown>; authorization?: Record<string, string> },
  ): Promise<Message>
  closed: Promise<number>
}

/** Connects as today's clients do, or as told; speaks raw frames. */
export async function connect(
  given: GivenAppSync,
  {
    header = {},
    protocols,
    url,
    init = true,
  }: {
    header?: Record<string, string>
    protocols?: string[]
    url?: string
    init?: boolean
  } = {},
): Promise<RawClient> {
  const host = new URL(given.endpoint).host
  const authorization = Object.keys(header).length > 0 ? { host, ...header } : { host, 'x-api-key': API_KEY }
  const socket = new WebSocket(
    url ?? `${given.endpoint.replace('http', 'ws')}/realtime`,
    protocols ?? ['graphql-ws', `header-${base64Url(authorization)}`],
  )
  const queue = messageQueue<Message>()
  socket.on('message', (frame: Buffer) => queue.push(JSON.parse(frame.toString('utf8')) as Message))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  const client: RawClient = {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => queue.next(),
    async nextOf(type) {
      for (;;) {
        const message = await queue.next()
        if (message.type === 'ka') continue
        if (message.type !== type) throw new Error(`expected ${type}, received ${JSON.stringify(message)}`)
        return message
      }
    },
    async start(id, query, { variables = {}, authorization: own = authorization } = {}) {
      client.send({
        id,
        type: 'start',
        payload: { data: JSON.stringify({ query, variables }), extensions: { authorization: own } },
      })
      for (;;) {
        const message = await queue.next()
        if (message.type !== 'ka') return message
      }
    },
  }
  if (init) {
    client.send({ type: 'connection_init' })
    await client.nextOf('connection_ack')
  }
  return client
}

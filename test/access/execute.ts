import { WebSocket } from 'ws'
import type { Cloud } from '../../local/cloud.ts'
import type { Expectation } from './expectations.ts'
import type { Caller } from './given-callers.ts'
import type { Operation } from './operations.ts'

const PATH = '/graphql'
const OK = 200

interface GraphqlError { errorType: string; message: string; errorCode?: number }
interface Answer { status: number; body: { data?: unknown; errors?: GraphqlError[] } }

/** Does what a cell says, by HTTP or, for subscriptions, by the WebSocket. */
export async function execute(cloud: Cloud, caller: Caller, operation: Operation): Promise<Expectation> {
  if (operation.kind === 'subscription') return subscribe(cloud, caller, operation.query)
  const { status, body } = await ask(cloud, caller, operation.query)
  if (body.errors) return refusal(body.errors, status)
  const value = operation.path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], body.data)
  return value === null || value === undefined ? 'null' : 'allowed'
}

/** One GraphQL operation over HTTP. */
export async function ask(cloud: Cloud, caller: Caller, query: string): Promise<Answer> {
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json', ...(await caller(PATH, body)) }
  const response = await fetch(`${cloud.endpoints.appsync}${PATH}`, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** @throws Error when there are errors of more than one kind: such an answer has no place in a cell */
function refusal(errors: GraphqlError[], status: number): Expectation {
  const kinds = new Set(errors.map(({ errorType, message }) => `${errorType}: ${message}`))
  const [first] = errors
  if (!first || kinds.size > 1) throw new Error(`expected errors of one kind, got ${[...kinds].join(' | ')}`)
  const { errorType, message } = first
  return { ...(status !== OK && { status }), errorType, message }
}

interface Message { type: string; id?: string; payload?: { errors?: GraphqlError[]; data?: unknown } }

/** A connection of the real-time protocol on which one operation was started. */
export interface Started {
  outcome: Expectation
  /** The `data` of the next event, or of the one that has come already. */
  next(): Promise<unknown>
  close(): void
}

async function subscribe(cloud: Cloud, caller: Caller, query: string): Promise<Expectation> {
  const started = await start(cloud, caller, query)
  started.close()
  return started.outcome
}

/** Connects, and starts the operation; both show who calls. */
export async function start(cloud: Cloud, caller: Caller, query: string): Promise<Started> {
  const { host } = new URL(cloud.endpoints.appsync)
  const header = { host, ...(await caller(`${PATH}/connect`, '{}')) }
  const data = JSON.stringify({ query, variables: {} })
  const authorization = { host, ...(await caller(PATH, data)) }
  const socket = new WebSocket(`ws://${host}${PATH}/realtime`, [
    'graphql-ws', `header-${Buffer.from(JSON.stringify(header)).toString('base64url')}`,
  ])
  const events: unknown[] = []
  const takers: ((event: unknown) => void)[] = []
  const send = (message: object) => socket.send(JSON.stringify(message))
  const outcome = await new Promise<Expectation>((resolve, reject) => {
    const on: Record<string, (message: Message) => void> = {
      connection_ack: () => send({ type: 'start', id: '1', payload: { data, extensions: { authorization } } }),
      connection_error: ({ payload }) => resolve(refusal(payload?.errors ?? [], payload?.errors?.[0]?.errorCode ?? OK)),
      error: ({ payload }) => resolve(refusal(payload?.errors ?? [], OK)),
      start_ack: () => resolve('allowed'),
      data: ({ payload }) => {
        const take = takers.shift()
        if (take) take(payload?.data)
        else events.push(payload?.data)
      },
      ka: () => undefined,
    }
    socket.on('open', () => send({ type: 'connection_init' }))
    socket.on('error', reject)
    socket.on('message', (frame) => {
      const message = JSON.parse(String(frame)) as Message
      const act = on[message.type]
      if (act) act(message)
      else reject(new Error(`expected a message of the real-time protocol, got ${String(frame)}`))
    })
  })
  return {
    outcome,
    next: () => (events.length > 0 ? Promise.resolve(events.shift()) : new Promise((take) => takers.push(take))),
    close: () => socket.terminate(),
  }
}

import { isRecord } from '../../aws/json.ts'
import type { Clock } from '../../clock.ts'
import {
  CONNECTION_TIMEOUT_MS,
  KEEP_ALIVE_INTERVAL_MS,
  MAX_CONNECTION_MS,
  MAX_SUBSCRIPTIONS_PER_CONNECTION,
} from '../limits.ts'
import { lowerCaseNames } from './handshake.ts'
import type { MessageError, ServerMessage, StartRequest } from './messages.ts'

/** Close codes. Source: RFC 6455, section 7.4.1. */
export const CLOSE_NORMAL = 1000
export const CLOSE_POLICY_VIOLATION = 1008
/** How long a refused connection may linger to read why, in milliseconds. */
const REFUSED_LINGER_MS = 10_000

/** A subscription that was accepted. */
export interface Subscribed {
  end(): void
}

/** What a connection needs from outside; the core itself does no I/O. */
export interface ConnectionPort {
  send(message: ServerMessage): void
  close(code: number, reason: string): void
  /**
   * Authorizes and registers; events go to `deliver`, an invalidation to `complete`.
   * @throws SubscribeRefused
   */
  subscribe(
    request: StartRequest,
    events: { deliver: (payload: { data: unknown; errors?: unknown[] }) => void; complete: () => void },
  ): Promise<Subscribed>
  clock: Clock
}

/** Why a `start` is refused: the errors go to the client as they are. */
export class SubscribeRefused extends Error {
  constructor(readonly errors: MessageError[]) {
    super(errors.map((error) => error.message).join(' '))
  }
}

/** One client's connection: text messages in, messages out. */
export interface Connection {
  receive(text: string): Promise<void>
  /** The socket is gone: ends every subscription. */
  closed(): void
}

/** @param refusal why the handshake failed; such a connection says so and does nothing else */
export function createConnection(port: ConnectionPort, refusal?: MessageError): Connection {
  return refusal ? refusedConnection(port, refusal) : acceptedConnection(port)
}

function refusedConnection(port: ConnectionPort, refusal: MessageError): Connection {
  const say = () => port.send({ type: 'connection_error', payload: { errors: [refusal] } })
  const linger = port.clock.after(REFUSED_LINGER_MS, () => port.close(CLOSE_POLICY_VIOLATION, refusal.message))
  say()
  return {
    receive() {
      // Clients that listen only once their first message is out hear it now.
      say()
      port.close(CLOSE_POLICY_VIOLATION, refusal.message)
      return Promise.resolve()
    },
    closed: () => linger.cancel(),
  }
}

function acceptedConnection(port: ConnectionPort): Connection {
  const subscriptions = new Map<string, { live?: Subscribed; stopped: boolean }>()
  let isOpen = true
  let keepAlive: { cancel(): void } | undefined
  const lifetime = port.clock.after(MAX_CONNECTION_MS, () =>
    port.close(CLOSE_NORMAL, 'The connection is 24 hours old.'),
  )

  const keepOn = (): void => {
    keepAlive = port.clock.after(KEEP_ALIVE_INTERVAL_MS, () => {
      port.send({ type: 'ka' })
      keepOn()
    })
  }
  const refuse = (id: string | undefined, errors: MessageError[]) =>
    port.send({ type: 'error', ...(id !== undefined && { id }), payload: { errors } })

  const start = async (request: StartRequest): Promise<void> => {
    const { id } = request
    if (subscriptions.has(id))
      return refuse(id, [
        { errorType: 'DuplicatedOperationError', message: `A subscription with the id ${id} is active already.` },
      ])
    if (subscriptions.size >= MAX_SUBSCRIPTIONS_PER_CONNECTION) {
      return refuse(id, [
        {
          errorType: 'MaxSubscriptionsReachedError',
          message: `Max number of ${MAX_SUBSCRIPTIONS_PER_CONNECTION} subscriptions reached`,
        },
      ])
    }
    const entry: { live?: Subscribed; stopped: boolean } = { stopped: false }
    subscriptions.set(id, entry)
    const events = {
      deliver: (payload: { data: unknown; errors?: unknown[] }) => port.send({ type: 'data', id, payload }),
      complete: () => {
        subscriptions.delete(id)
        port.send({ type: 'complete', id })
      },
    }
    try {
      entry.live = await port.subscribe(request, events)
    } catch (error) {
      subscriptions.delete(id)
      if (!(error instanceof SubscribeRefused)) throw error
      return entry.stopped ? undefined : refuse(id, error.errors)
    }
    if (entry.stopped || !isOpen) return entry.live.end()
    port.send({ type: 'start_ack', id })
  }

  const stop = (id: string): void => {
    const entry = subscriptions.get(id)
    subscriptions.delete(id)
    if (!entry)
      return refuse(id, [
        { errorType: 'UnknownOperationError', message: `There is no subscription with the id ${id}.` },
      ])
    entry.stopped = true
    entry.live?.end()
    port.send({ type: 'complete', id })
  }

  return {
    async receive(text) {
      const message = parse(text)
      const id = typeof message?.id === 'string' ? message.id : undefined
      switch (message?.type) {
        case 'connection_init':
          port.send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MS } })
          if (!keepAlive) {
            port.send({ type: 'ka' })
            keepOn()
          }
          return
        case 'start': {
          const request = readStart(id, message.payload)
          return request ? start(request) : refuse(id, [unsupported])
        }
        case 'stop':
          return id === undefined ? refuse(id, [unsupported]) : stop(id)
        default:
          return refuse(id, [unsupported])
      }
    },
    closed() {
      isOpen = false
      keepAlive?.cancel()
      lifetime.cancel()
      for (const { live } of subscriptions.values()) live?.end()
      subscriptions.clear()
    },
  }
}

const unsupported: MessageError = {
  errorType: 'UnsupportedOperation',
  message: 'unknown not supported through the realtime channel',
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text)
    return isRecord(message) ? message : undefined
  } catch {
    return undefined
  }
}

function readStart(id: string | undefined, payload: unknown): StartRequest | undefined {
  if (id === undefined || !isRecord(payload) || typeof payload.data !== 'string') return undefined
  const extensions = isRecord(payload.extensions) ? payload.extensions : {}
  return {
    id,
    data: payload.data,
    authorization: lowerCaseNames(isRecord(extensions.authorization) ? extensions.authorization : {}),
  }
}

import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ServiceContext } from '../../aws/context.ts'
import type { ServedApi } from '../http/handler.ts'
import { MAX_BUFFERED_BYTES, MAX_CLIENT_FRAME_BYTES } from '../limits.ts'
import { checkHandshake, REALTIME_PATH, SUBPROTOCOL } from './handshake.ts'
import type { ServerMessage } from './messages.ts'
import { createConnection, type ConnectionPort } from './protocol.ts'
import { openSubscription } from './subscribe.ts'
import type { Subscriptions } from './subscriptions.ts'

const NOT_FOUND = 404
const SERVICE_UNAVAILABLE = 503

/** The WebSocket side of the API: ws on the outside, the protocol's core within. */
export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  stop(): Promise<void>
}

export function createSockets({
  context,
  served,
  subscriptions,
}: {
  context: ServiceContext
  served: () => ServedApi | undefined
  subscriptions: Subscriptions
}): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  return {
    upgrade(request, socket, head) {
      const now = served()
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      if (!now || pathname !== REALTIME_PATH) return refuse(socket, now ? NOT_FOUND : SERVICE_UNAVAILABLE)
      const refusal = checkHandshake(request, now.api, context)
      if (refusal)
        context.log(
          'warn',
          'appsync',
          `A real-time connection was refused: ${refusal.errorType ?? ''} ${refusal.message}`,
        )
      server.handleUpgrade(request, socket, head, (client) => {
        const sourceIp = request.socket.remoteAddress ?? ''
        const port = portOf(client, context, async (start, events) => {
          const opened = await openSubscription(start, now, context, sourceIp)
          const subscribed = subscriptions.add({ ...opened, ...events })
          context.log('debug', 'appsync', `A subscription to ${opened.fieldName} started.`)
          return subscribed
        })
        const connection = createConnection(port, refusal)
        client.on('message', (frame) => {
          connection.receive(textOf(frame)).catch((error: unknown) => {
            context.log('error', 'appsync', 'a real-time message failed', {
              error: error instanceof Error ? error.stack : String(error),
            })
          })
        })
        client.on('close', () => connection.closed())
        client.on('error', (error) => context.log('warn', 'appsync', `a real-time connection broke: ${error.message}`))
      })
    },
    stop() {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function portOf(client: WebSocket, context: ServiceContext, subscribe: ConnectionPort['subscribe']): ConnectionPort {
  return {
    clock: context.clock,
    subscribe,
    send: (message) => send(client, message, context),
    close: (code, reason) => client.close(code, reason.slice(0, MAX_CLOSE_REASON_CHARACTERS)),
  }
}

/** Longest reason that is sure to fit a close frame of 125 bytes. Source: RFC 6455, section 5.5. */
const MAX_CLOSE_REASON_CHARACTERS = 40

/** Writes without waiting. A reader that lets too much pile up is cut off, so that it costs nobody else anything. */
function send(client: WebSocket, message: ServerMessage, context: ServiceContext): void {
  if (client.readyState !== client.OPEN) return
  if (client.bufferedAmount > MAX_BUFFERED_BYTES) {
    context.log(
      'warn',
      'appsync',
      `A slow real-time client was cut off: ${client.bufferedAmount} bytes waited, at most ${MAX_BUFFERED_BYTES} may.`,
    )
    client.terminate()
    return
  }
  client.send(JSON.stringify(message))
}

function textOf(frame: Buffer | ArrayBuffer | Buffer[]): string {
  return Array.isArray(frame) ? Buffer.concat(frame).toString('utf8') : Buffer.from(frame as Buffer).toString('utf8')
}

function refuse(socket: Duplex, statusCode: number): void {
  socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

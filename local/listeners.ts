import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { isRecord } from './aws/json.ts'
import type { Clock } from './clock.ts'
import { LOOPBACK, PORT_OFFSETS, type EndpointName, type Endpoints } from './ports.ts'

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** One HTTP server for each endpoint, on the loopback. */
export interface Listeners {
  endpoints: Endpoints
  /** Hands an endpoint's requests over; until then they are answered 503. */
  attach(name: EndpointName, handler: RequestListener, upgrade?: UpgradeListener): void
  /** Stops listening, and ends what is still open. */
  close(): Promise<void>
}

/** A port that somebody else has. */
export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} is taken`)
  }
}

/** HTTP status of a service that is not there yet. */
const SERVICE_UNAVAILABLE = 503

/**
 * Listens on every endpoint's port.
 * @param basePort each endpoint's port is this and its offset; 0 lets the system choose each
 * @param clock dates every answer: SDKs set their own clocks by it
 * @throws PortTaken
 */
export async function listen(basePort: number, clock: Clock): Promise<Listeners> {
  const handlers = new Map<EndpointName, { handler: RequestListener; upgrade?: UpgradeListener }>()
  const servers = new Map<EndpointName, Server>()
  const names = Object.keys(PORT_OFFSETS) as EndpointName[]
  const close = async (): Promise<void> => {
    await Promise.all(
      [...servers.values()].map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve())
            server.closeAllConnections()
          }),
      ),
    )
  }
  const endpoints: Partial<Endpoints> = {}
  for (const name of names) {
    const server = createServer((request, response) => {
      response.setHeader('date', new Date(clock.now()).toUTCString())
      const attached = handlers.get(name)
      if (attached) attached.handler(request, response)
      else response.writeHead(SERVICE_UNAVAILABLE, { 'retry-after': '1' }).end()
    })
    server.on('upgrade', (request, socket, head) => {
      const upgrade = handlers.get(name)?.upgrade
      if (upgrade) upgrade(request, socket, head)
      else socket.destroy()
    })
    const port = basePort === 0 ? 0 : basePort + PORT_OFFSETS[name]
    try {
      endpoints[name] = `http://${LOOPBACK}:${await listenOn(server, port)}`
    } catch (error) {
      await close()
      throw isRecord(error) && (error.code === 'EADDRINUSE' || error.code === 'EACCES') ? new PortTaken(port) : error
    }
    servers.set(name, server)
  }
  return {
    endpoints: endpoints as Endpoints,
    attach: (name, handler, upgrade) => void handlers.set(name, { handler, ...(upgrade ? { upgrade } : {}) }),
    close,
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

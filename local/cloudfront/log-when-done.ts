import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import { readHeaders } from '../s3/read-request.ts'
import type { AccessLog } from './access-log.ts'

/** Writes down what was asked and answered once the answer is sent, or the viewer has gone. */
export function logWhenDone(
  accessLog: AccessLog,
  { clock, domainName, requestId }: { clock: Clock; domainName: string; requestId: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const startedAtMs = clock.now()
  const { socket } = request
  const sentBefore = socket.bytesWritten
  const { remoteAddress: ip, remotePort: port } = socket
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  response.once('close', () => {
    const header = (name: string): string | undefined => response.getHeader(name)?.toString()
    accessLog.record({
      startedAtMs,
      finishedAtMs: clock.now(),
      requestId,
      viewer: { ip, port },
      method: request.method ?? 'GET',
      domainName,
      path,
      query: query.join('?'),
      httpVersion: request.httpVersion,
      headers: readHeaders(request),
      status: response.headersSent ? response.statusCode : 0,
      result: header('x-cache')?.split(' ')[0],
      isBrokenOff: !response.writableFinished,
      bytesSent: socket.bytesWritten - sentBefore,
      contentType: header('content-type'),
      contentLength: header('content-length'),
      contentRange: header('content-range'),
    })
  })
}

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Clock } from '../../clock.ts'
import { MAX_HTTP_CALL_MS, MAX_HTTP_RESPONSE_BYTES } from '../limits.ts'

/** What the response handler gets to see as `ctx.result`, whatever the status. */
export interface HttpAnswer {
  statusCode: number
  /** Names as they were sent; one that came twice has both values, joined by a comma. */
  headers: Record<string, string>
  body: string
}

/** No answer came, or none that can be taken. */
export class ExchangeFailed extends Error {}

/** Sends a request and reads the whole answer; redirects are answers like any other. @throws ExchangeFailed */
export async function exchange(
  url: URL,
  { method, headers, body = '' }: { method: string; headers: Record<string, string>; body?: string },
  clock: Clock,
): Promise<HttpAnswer> {
  const late = new AbortController()
  const timer = clock.after(MAX_HTTP_CALL_MS, () => late.abort())
  try {
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    // A connection that is kept could be one that the server closes at this very moment.
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false, signal: late.signal })
    // What goes wrong after the answer began is heard of through the answer.
    sent.on('error', () => undefined)
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const text = await readText(response)
    return { statusCode: Number(response.statusCode), headers: headersOf(response.rawHeaders), body: text }
  } catch (error) {
    if (error instanceof ExchangeFailed) throw error
    const reason = late.signal.aborted ? `none within ${MAX_HTTP_CALL_MS} ms` : String(error)
    throw new ExchangeFailed(`Expected an answer from ${url.origin}, received ${reason}.`)
  } finally {
    timer.cancel()
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_HTTP_RESPONSE_BYTES)
      throw new ExchangeFailed(`Expected an answer of at most ${MAX_HTTP_RESPONSE_BYTES} bytes, received more.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function headersOf(raw: string[]): Record<string, string> {
  const headers = new Map<string, string>()
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2)
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return Object.fromEntries(headers)
}

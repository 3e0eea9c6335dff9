import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { deadline, type Clock } from './clock.ts'
import type { LambdaCredentials } from './environment.ts'

export interface SignedPostOptions {
  url: URL
  /** Name under which AWS checks the signatures, e.g. `appsync`. */
  service: string
  region: string
  credentials: () => LambdaCredentials
  clock: Clock
  /** How long an answer may take, its body included. */
  deadlineMs: number
}

/** The request may have arrived or not; `cause` is what `fetch` threw, or DeadlineExceeded. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered'
}

export interface Answer {
  /** A status of 2xx. */
  ok: boolean
  status: number
  text: string
}

/**
 * Posts a body to a service of AWS once, signed by the function's role.
 * @throws NotAnswered; whatever signing throws, e.g. that there are no credentials, which no other attempt mends
 */
export type SignedPost = (headers: Record<string, string>, body: string) => Promise<Answer>

export function createSignedPost({ url, clock, deadlineMs, ...identity }: SignedPostOptions): SignedPost {
  const { service, region } = identity
  const signer = new SignatureV4({ service, region, credentials: async () => identity.credentials(), sha256: Sha256 })
  return async (headers, body) => {
    const signed = await signer.sign(
      new HttpRequest({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { ...headers, host: url.host },
        body,
      }),
      { signingDate: new Date(clock.now()) },
    )
    const limit = deadline(clock, deadlineMs)
    try {
      const answer = await fetch(url, { method: 'POST', headers: signed.headers, body, signal: limit.signal })
      return { ok: answer.ok, status: answer.status, text: await answer.text() }
    } catch (error) {
      throw new NotAnswered(`${url.host} was not reached: ${reason(error)}`, { cause: error })
    } finally {
      limit.cancel()
    }
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

const HTTP_TOO_MANY_REQUESTS = 429
const HTTP_SERVER_ERROR = 500

/** Whether another attempt may be answered otherwise. */
export function isPassingStatus(status: number): boolean {
  return status >= HTTP_SERVER_ERROR || status === HTTP_TOO_MANY_REQUESTS
}

import type { Clock } from './clock.ts'
import type { LambdaCredentials } from './environment.ts'
import { createSignedPost, isPassingStatus, NotAnswered, type Answer } from './signed-post.ts'

/** Name under which AppSync checks signatures. Source: AppSync developer guide, "AWS_IAM authorization". */
const SIGNING_SERVICE = 'appsync'

/** All attempts together. Shorter than the functions' timeouts, so that they end by an error of their own. */
const CALL_DEADLINE_MS = 15_000

/** One attempt; a connection that hangs is worth another try. */
const ATTEMPT_DEADLINE_MS = 5_000

/** Mean pause grows from here, twofold an attempt, up to the longest. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000
const PAUSE_GROWTH = 2

/**
 * Refusals that pass by themselves: somebody else wrote the image at the same moment, or the table was throttled. All
 * that the back end sends may be repeated.
 */
const PASSING = ['ImageChangedMeanwhile', 'ServiceUnavailable']

/** The API's refusal: `errorType` is what to switch on. */
export class GraphqlError extends Error {
  override readonly name = 'GraphqlError'
  constructor(
    /** E.g. `ImageAlreadyFinished`; `Unknown` when the answer names none. */
    readonly errorType: string,
    message: string,
    readonly httpStatus: number,
  ) {
    super(`${errorType}: ${message}`)
  }
}

/** The API could not be reached, or did not answer as GraphQL, within the deadline. */
export class GraphqlUnreachable extends Error {
  override readonly name = 'GraphqlUnreachable'
}

export interface GraphqlClient {
  /**
   * Answers `data`.
   * @throws GraphqlError for the first of the answer's errors, once those that pass did not pass within the deadline
   * @throws GraphqlUnreachable when every attempt within the deadline failed on the way
   */
  execute(query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>>
}

export interface GraphqlClientOptions {
  url: string
  region: string
  credentials: () => LambdaCredentials
  clock: Clock
  /** 0 up to 1; spreads the pauses of many callers. */
  random: () => number
}

export function createGraphqlClient(options: GraphqlClientOptions): GraphqlClient {
  const { clock } = options
  const url = new URL(options.url)
  const post = createSignedPost({ ...options, url, service: SIGNING_SERVICE, deadlineMs: ATTEMPT_DEADLINE_MS })

  async function attempt(body: string): Promise<Record<string, unknown>> {
    try {
      return read(await post({ 'content-type': 'application/json' }, body))
    } catch (error) {
      if (error instanceof NotAnswered) throw new GraphqlUnreachable(error.message, { cause: error.cause })
      throw error
    }
  }

  return {
    async execute(query, variables) {
      const body = JSON.stringify({ query, variables })
      const giveUpAt = clock.now() + CALL_DEADLINE_MS
      for (let attempts = 0; ; attempts += 1) {
        try {
          return await attempt(body)
        } catch (error) {
          const mean = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * PAUSE_GROWTH ** attempts)
          const pauseMs = options.random() * mean
          if (!isPassing(error) || clock.now() + pauseMs >= giveUpAt) throw error
          await new Promise<void>((resolve) => clock.after(pauseMs, resolve))
        }
      }
    },
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof GraphqlUnreachable || (error instanceof GraphqlError && PASSING.includes(error.errorType))
}

/** Reads AppSync's answer: errors may come with 200 as well as with 4xx. */
function read({ status, text }: Answer): Record<string, unknown> {
  if (isPassingStatus(status)) throw new GraphqlUnreachable(`The API answered ${status}.`)
  const answer = parseObject(text)
  const [first] = Array.isArray(answer?.errors) ? (answer.errors as unknown[]) : []
  if (isObject(first)) {
    throw new GraphqlError(String(first.errorType ?? 'Unknown'), String(first.message ?? 'no message'), status)
  }
  if (!isObject(answer?.data)) throw new GraphqlError('Unknown', `an answer without data, status ${status}`, status)
  return answer.data
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { Person } from '../target/people.ts'
import { givenTarget } from './target.ts'

/** An error as it stands in an answer: everything at the top, nothing under `extensions`. */
export interface WireError {
  message: string
  errorType?: string | null
  errorInfo?: unknown
  data?: unknown
  path?: (string | number)[] | null
  locations?: { line: number; column: number; sourceName?: string | null }[] | null
}

export interface Answer<T = Record<string, unknown>> {
  status: number
  data: T | null | undefined
  errors: WireError[]
}

/** Who asks: the headers that say so. */
export type Asker = Record<string, string>

export const as = ({ idToken }: Person): Asker => ({ authorization: idToken })
export const asGuest = (): Asker => ({ 'x-api-key': givenTarget().outputs.data.api_key })
export const AS_NOBODY: Asker = {}

/** Sends a body as it is when it is text, else as JSON. */
export function post(asker: Asker, body: string | object): Promise<Response> {
  return fetch(givenTarget().outputs.data.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asker },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Asks, and hands back what came, errors too. */
export async function ask<T = Record<string, unknown>>(
  asker: Asker,
  query: { toString(): string },
  variables: object = {},
): Promise<Answer<T>> {
  const response = await post(asker, { query: query.toString(), variables })
  const { data, errors = [] } = (await response.json()) as { data?: T | null; errors?: WireError[] }
  return { status: response.status, data, errors }
}

/** Asks for what must be given. @throws Error with the answer when it holds errors or no data */
export async function get<T>(asker: Asker, query: { toString(): string }, variables: object = {}): Promise<T> {
  const answer = await ask<T>(asker, query, variables)
  if (!answer.data || answer.errors.length > 0) throw new Error(JSON.stringify(answer))
  return answer.data
}

/** The types of an answer's errors. */
export const errorTypes = ({ errors }: Pick<Answer, 'errors'>) => errors.map(({ errorType }) => errorType)

import { givenTarget } from './target.ts'

/** Tokens that no list gave: one that was changed, one that was cut, and some that were made up. */
export function tampered(token: string): string[] {
  const at = Math.floor(token.length / 2)
  const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
  return [changed, token.slice(0, -4), 'made up', Buffer.from('{}').toString('base64')]
}

/** The types of errors that another list's token may be refused with: see the exception `foreignToken`. */
export const foreignTokenErrors = (): string[][] =>
  givenTarget().kind === 'aws' ? [['InvalidNextToken'], ['ServiceUnavailable']] : [['InvalidNextToken']]

/** Everything that a list holds, page by page, from its beginning to its end. */
export async function allPages<T>(
  page: (nextToken: string | null) => Promise<{ items: T[]; nextToken?: string | null }>,
): Promise<T[]> {
  const seen: T[] = []
  let nextToken: string | null = null
  do {
    const { items, nextToken: next = null }: { items: T[]; nextToken?: string | null } = await page(nextToken)
    seen.push(...items)
    nextToken = next
  } while (nextToken)
  return seen
}

import { backOff, type Pauses } from './pauses.ts'

/** How often something is asked for at most; the pauses in between last seven seconds together at the longest. */
export const MAX_ATTEMPTS = 4

/**
 * Asks again, after pauses that grow, as long as the answer says that it may help.
 * @param isPassing whether an error is Darkroom's own, and of the moment
 * @throws the error of the last attempt, or the first that does not pass
 */
export async function tryAgain<Answer>(
  ask: () => Promise<Answer>,
  { isPassing, pauses }: { isPassing: (error: unknown) => boolean; pauses: Pauses },
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isPassing(error)) throw error
      await pauses.pause(backOff(attempt))
    }
  }
}

/** Longest wait for an index to catch up; DynamoDB says "usually within a second". */
const CAUGHT_UP_WITHIN_MS = 15_000

/**
 * Asks again and again, each time when the answer before has come, until one is good. For what reads an index of the
 * table, which is a moment behind it.
 * @throws Error with the last answer
 */
export async function eventually<T>(askOnce: () => Promise<T>, isGood: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + CAUGHT_UP_WITHIN_MS
  for (;;) {
    const answer = await askOnce()
    if (isGood(answer)) return answer
    if (Date.now() > deadline) throw new Error(`Not within ${CAUGHT_UP_WITHIN_MS} ms: ${JSON.stringify(answer)}`)
  }
}

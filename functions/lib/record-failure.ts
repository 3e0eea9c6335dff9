import type { Arrival } from './arrivals.ts'
import { describeFailure } from './failures.ts'
import type { Log } from './log.ts'
import type { Outcomes } from './outcomes.ts'
import type { Tally } from './tally.ts'

export interface RecordFailureServices {
  outcomes: Outcomes
  tally: Pick<Tally, 'failed'>
  log: Log
}

/**
 * Tells the owner of an original that it could not be developed. A finished or unknown image is left alone.
 * @throws when the API can't be reached, so that the message comes again
 */
export async function recordFailure(
  { id, owner }: Arrival,
  { outcomes, tally, log }: RecordFailureServices,
): Promise<void> {
  const outcome = describeFailure('PROCESSING_FAILED', 'a finished picture', 'a failure on every attempt')
  const { kind } = await outcomes.record({ id, owner, ...outcome })
  if (kind === 'recorded') tally.failed()
  log.warn('original given up', { imageId: id, outcome: kind })
}

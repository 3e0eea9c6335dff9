import type { Arrival } from './arrivals.ts'
import { describeFailure } from './failures.ts'
import type { Log } from './log.ts'
import type { Renditions } from './media-objects.ts'
import type { Outcomes } from './outcomes.ts'
import type { Tally } from './tally.ts'

export interface RecordFailureServices {
  outcomes: Outcomes
  renditions: Renditions
  tally: Pick<Tally, 'failed'>
  log: Log
}

/**
 * Tells the owner of an original that it could not be developed, and removes what was made of it so far: nobody would
 * list it. A finished or unknown image is left alone.
 * @throws when the API or S3 can't be reached, so that the message comes again
 */
export async function recordFailure(
  { id, owner }: Arrival,
  { outcomes, renditions, tally, log }: RecordFailureServices,
): Promise<void> {
  const outcome = describeFailure('PROCESSING_FAILED', 'a finished picture', 'a failure on every attempt')
  const reported = await outcomes.record({ id, owner, ...outcome })
  const removed = reported.kind === 'recorded' ? await renditions.remove(reported.image.mediaKey) : 0
  if (reported.kind === 'recorded') tally.failed()
  log.warn('original given up', { imageId: id, outcome: reported.kind, variantsRemoved: removed })
}

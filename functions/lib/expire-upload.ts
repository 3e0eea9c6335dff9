import { UPLOAD_EXPIRES_SECONDS } from '../../resolvers/lib/limits.ts'
import { describeFailure } from './failures.ts'
import { GraphqlError } from './graphql-client.ts'
import type { Log } from './log.ts'
import { originalKey, type OriginalKey } from './object-keys.ts'
import type { OriginalIndex } from './original-index.ts'
import type { Outcomes, Reported } from './outcomes.ts'
import type { ExpiryTally } from './tally.ts'

export interface ExpireUploadServices {
  originals: OriginalIndex
  outcomes: Outcomes
  tally: ExpiryTally
  log: Log
}

/** How `recordImageProcessed` says that the image is being developed. */
const ALREADY_STARTED = 'InvalidTransition'

/**
 * Records EXPIRED when nothing was uploaded. An upload that came is left to S3's event, however late that is; an image
 * that is started, finished or unknown is left alone.
 * @throws when S3 or the API can't be asked, so that the message comes again
 */
export async function expireUpload(upload: OriginalKey, services: ExpireUploadServices): Promise<void> {
  const { originals, outcomes, tally, log } = services
  const { id, owner } = upload
  if (await originals.has(originalKey(upload))) {
    log.info('upload has come', { imageId: id })
    return
  }
  const outcome = describeFailure('UPLOAD_EXPIRED', `the file within ${UPLOAD_EXPIRES_SECONDS} seconds`, 'none')
  const kind = await outcomes.record({ id, owner, ...outcome }).then((reported) => reported.kind, asStarted)
  if (kind === 'recorded') tally.expired()
  log.info('upload never came', { imageId: id, outcome: kind })
}

/** @throws the error, unless it says that the image is being developed */
function asStarted(error: unknown): Reported['kind'] | 'already-started' {
  if (error instanceof GraphqlError && error.errorType === ALREADY_STARTED) return 'already-started'
  throw error
}

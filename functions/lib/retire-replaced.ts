import type { RemovalMessage } from '../../resolvers/lib/removal-message.ts'
import type { Arrival } from './arrivals.ts'
import type { MessageQueue } from './message-queue.ts'

/** As long as pages that show the old variants have to ask for the new ones, in seconds; SQS delays no longer. */
const REPLACED_AFTER_SECONDS = 900

/**
 * Before an image is claimed that its owner has developed once more: asks for the removal of the renditions that it
 * has. Should the claim fail, the image still has them by then, and keeps them; whoever claims it later asks again.
 * @throws MessageNotSent
 */
export async function retireReplaced({ id, owner, reprocessed }: Arrival, removals: MessageQueue): Promise<void> {
  if (!reprocessed) return
  const { replacesMediaKey: mediaKey } = reprocessed
  const message: RemovalMessage = { kind: 'replaced', images: [{ id, owner, mediaKey, wasShown: true }] }
  await removals.send(JSON.stringify(message), REPLACED_AFTER_SECONDS)
}

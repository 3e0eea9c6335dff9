import type { Image, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { Arrival } from './arrivals.ts'
import { cameraFacts } from './camera-facts.ts'
import { checkFormat, checkSha256, checkSize } from './check-original.ts'
import { decodePicture } from './decode-picture.ts'
import { describePicture } from './describe-picture.ts'
import { Refusal } from './failures.ts'
import { labelLater, type LabelLaterServices } from './label-later.ts'
import { startLabelling, type LabelServices } from './label-picture.ts'
import type { Log } from './log.ts'
import { measurePicture } from './measure-picture.ts'
import type { MessageQueue } from './message-queue.ts'
import type { MediaStore, OriginalStore } from './object-store.ts'
import type { Outcomes, Reported } from './outcomes.ts'
import { makeRasters, rasterOf } from './rasters.ts'
import { retireReplaced } from './retire-replaced.ts'
import { Steps, type StepTimes } from './steps.ts'
import { encodeLabelJpeg, storeVariants } from './store-variants.ts'
import type { Tally } from './tally.ts'
import { planVariants } from './variant-plan.ts'
import type { VariantSetting } from './variant-settings.ts'

export interface DevelopServices extends LabelServices, LabelLaterServices {
  outcomes: Outcomes
  originals: OriginalStore
  media: MediaStore
  /** Where it is asked for the removal of renditions that others take the place of. */
  removals: MessageQueue
  tally: Tally
  /** What variants are made, best format first. */
  variants: readonly VariantSetting[]
}

/** What the way begins with. */
export interface Start {
  arrival: Arrival
  /** Aborts when the way is over, however it ended: nothing runs on into another invocation. */
  over: AbortSignal
}

/** The way from an uploaded file to what is recorded of it. What the file itself is to blame for is a `Refusal`. */
export const STEPS = Steps.from<Start, DevelopServices>()
  .step('retire what is replaced', async ({ arrival }, { removals }) => {
    await retireReplaced(arrival, removals)
    return {}
  })
  .step('claim', async ({ arrival: { id, owner, redriven, reprocessed, messageId } }, { outcomes }) => ({
    image: imageOf(
      await outcomes.record({ id, owner, status: 'PROCESSING', redriven, ...reprocessed, claim: messageId }),
    ),
  }))
  .step('fetch the original', async ({ arrival, image }, { originals }) => {
    checkSize(arrival.byteSize, image.byteSize)
    const bytes = await originals.read(arrival)
    return { bytes, sha256: checkSha256(bytes, image.sha256) }
  })
  .step('check the format', async ({ bytes, image }) => ({ format: checkFormat(bytes, image.contentType) }))
  .step('measure', async ({ bytes, format }, { variants }) => {
    const measured = await measurePicture(bytes, format)
    return { measured, plan: planVariants(measured, variants) }
  })
  .step('decode', async ({ bytes, measured, plan: { decoded: size, frames } }) => ({
    raster: await decodePicture(bytes, measured, { size, frames }),
  }))
  .step('resize', async ({ raster, plan }) => ({ rasters: await makeRasters(raster, plan) }))
  .step('start labelling', async ({ rasters, plan, over }, services) => {
    const labelJpeg = await encodeLabelJpeg(rasters, plan)
    const { labelling, cancelLabelling } = startLabelling(labelJpeg, services)
    over.addEventListener('abort', cancelLabelling)
    return { labelJpeg, labelling }
  })
  .step('describe', async ({ rasters, plan, measured }) => ({
    camera: cameraFacts(measured.exif),
    described: describePicture(rasterOf(plan.frames > 1 ? rasters.moving : rasters.still, plan.described)),
  }))
  .step('store the variants', async ({ rasters, plan, measured, labelJpeg, image: { mediaKey } }, { media }) => ({
    variants: await storeVariants({ rasters, plan, animation: measured, labelJpeg, mediaKey }, media),
  }))
  .step('await the labels', async ({ labelling }) => ({ labelled: await labelling }))
  .step('put off labels', async ({ arrival: { id, owner }, image: { mediaKey }, labelled, labelJpeg }, services) => {
    await labelLater(labelled, { id, owner, mediaKey }, labelJpeg, services)
    return {}
  })

/** The image is finished already, or nobody knows it: not a failure, and nothing to do. */
class NothingToDo extends Error {
  constructor(readonly kind: Exclude<Reported['kind'], 'recorded'>) {
    super(kind)
  }
}

/**
 * Develops one original and records what became of it: READY, or REJECTED when the file is at fault.
 * May be called again for the same original, also at the same time: a finished image never changes.
 * @throws whatever else goes wrong; then nothing was recorded but PROCESSING, and another try is due
 */
export async function developImage(arrival: Arrival, services: DevelopServices): Promise<void> {
  const { clock, log, outcomes, tally } = services
  const { id, owner, byteSize } = arrival
  const startedAt = clock.now()
  const times: StepTimes = {}
  const way = new AbortController()
  try {
    const outcome = await STEPS.run({ arrival, over: way.signal }, services, clock.now, times)
      .then(readyOf, (error) => refusedOf(error, id, log))
    imageOf(await outcomes.record({ id, owner, ...outcome }))
    const ms = clock.now() - startedAt
    tally.finished({ status: outcome.status, ms, byteSize })
    log.info('image finished', {
      imageId: id,
      status: outcome.status,
      failure: outcome.failure?.code,
      byteSize,
      ms,
      times,
    })
  } catch (error) {
    if (!(error instanceof NothingToDo)) throw error
    log.info('image left alone', { imageId: id, reason: error.kind })
  } finally {
    way.abort()
  }
}

type Outcome = Omit<RecordImageProcessedInput, 'id' | 'owner'>

function readyOf(work: Awaited<ReturnType<typeof STEPS.run>>): Outcome {
  const { measured, plan, variants, sha256, camera, described, labelled } = work
  const isAnimated = plan.variants.some(({ moves }) => moves)
  return { status: 'READY', ...measured.size, variants, sha256, camera, isAnimated, ...described, ...labelled }
}

/** What the decoder said goes to the log; people are told what they can do something about. */
function refusedOf(error: unknown, imageId: string, log: Log): Outcome {
  if (!(error instanceof Refusal)) throw error
  log.info('original refused', { imageId, code: error.code, error })
  return error.recorded
}

/** @throws NothingToDo unless the report was recorded */
function imageOf(reported: Reported): Image {
  if (reported.kind === 'recorded') return reported.image
  throw new NothingToDo(reported.kind)
}

import { createHash } from 'node:crypto'
import type { Image, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { Arrival } from './arrivals.ts'
import { checkFormat, checkSize } from './check-original.ts'
import type { Clock } from './clock.ts'
import { decodePicture } from './decode-picture.ts'
import { dominantColor } from './dominant-color.ts'
import { Refusal } from './failures.ts'
import { startLabelling, type Labeler } from './label-picture.ts'
import type { Log } from './log.ts'
import { measurePicture } from './measure-picture.ts'
import type { MediaStore, OriginalStore } from './object-store.ts'
import type { Outcomes, Reported } from './outcomes.ts'
import { makeThumbhash } from './placeholder.ts'
import { Steps, type StepTimes } from './steps.ts'
import { storeVariants } from './store-variants.ts'
import type { Tally } from './tally.ts'

export interface DevelopServices {
  outcomes: Outcomes
  originals: OriginalStore
  media: MediaStore
  labeler: Labeler
  tally: Tally
  clock: Clock
  log: Log
}

/** The way from an uploaded file to what is recorded of it. What the file itself is to blame for is a `Refusal`. */
export const STEPS = Steps.from<{ arrival: Arrival }, DevelopServices>()
  .step('claim', async ({ arrival: { id, owner, redriven } }, { outcomes }) => ({
    image: imageOf(await outcomes.record({ id, owner, status: 'PROCESSING', redriven })),
  }))
  .step('fetch the original', async ({ arrival, image }, { originals }) => {
    checkSize(arrival.byteSize, image.byteSize)
    return { bytes: await originals.read(arrival) }
  })
  .step('check the format', async ({ bytes, image }) => ({ format: checkFormat(bytes, image.contentType) }))
  .step('measure', async ({ bytes, format }) => ({ measured: await measurePicture(bytes, format) }))
  .step('decode', async ({ bytes, measured }) => ({ raster: await decodePicture(bytes, measured) }))
  .step('start labelling', async ({ raster, measured }, services) => startLabelling(raster, measured.size, services))
  .step('store the variants', async ({ raster, measured, image }, { media }) =>
    storeVariants(raster, measured, image.mediaKey, media),
  )
  .step('describe', async ({ bytes, smallest }) => ({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    thumbhash: await makeThumbhash(smallest),
    dominantColor: dominantColor(smallest),
  }))
  .step('await the labels', async ({ labelling }) => labelling)

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
  try {
    const outcome = await STEPS.run({ arrival }, services, clock.now, times).then(readyOf, (error) =>
      refusedOf(error, id, log),
    )
    imageOf(await outcomes.record({ id, owner, ...outcome }))
    const ms = clock.now() - startedAt
    tally.finished({ status: outcome.status, ms, byteSize })
    if (outcome.labelsStatus === 'UNAVAILABLE') tally.labelsUnavailable()
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
  }
}

type Outcome = Omit<RecordImageProcessedInput, 'id' | 'owner'>

function readyOf(work: Awaited<ReturnType<typeof STEPS.run>>): Outcome {
  const { measured, variants, sha256, thumbhash, dominantColor: color, labels, labelsStatus } = work
  const { width, height } = measured.size
  return { status: 'READY', width, height, variants, sha256, thumbhash, dominantColor: color, labels, labelsStatus }
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

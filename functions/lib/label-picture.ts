import type { LabelInput, LabelsStatus } from '../../generated/graphql.ts'
import { deadline, type Clock } from './clock.ts'
import type { Log } from './log.ts'
import { labelSize } from './picture-sizes.ts'
import { firstFrame, fromRaster, resizeRaster, type Raster, type Size } from './raster.ts'

/** Sees what is on a picture. */
export interface Labeler {
  /** @param jpeg oriented, sRGB, each side 80 to 10,000 px, at most 5 MB */
  detect(jpeg: Uint8Array, signal: AbortSignal): Promise<LabelInput[]>
}

export interface Labelling {
  labels: LabelInput[]
  labelsStatus: Extract<LabelsStatus, 'READY' | 'SKIPPED_TOO_SMALL' | 'UNAVAILABLE'>
}

export interface LabelServices {
  labeler: Labeler
  clock: Clock
  log: Log
}

/** How long an image waits for its labels, retries included: a sixth of the function's minute. */
export const LABELS_DEADLINE_MS = 10_000

/** Enough for labelling; artefacts begin to matter below. Scale of libjpeg, 1-100. */
export const LABEL_JPEG_QUALITY = 80

/**
 * Starts the labelling of a decoded picture and answers before it is done, so that the variants are made meanwhile.
 * The promise inside never rejects: whatever goes wrong there is `UNAVAILABLE`, for labels never hold up a picture.
 * @param original size of the original, after orientation
 */
export async function startLabelling(
  raster: Raster,
  original: Size,
  services: LabelServices,
): Promise<{ labelling: Promise<Labelling> }> {
  const size = labelSize(original)
  if (!size) return { labelling: Promise.resolve({ labels: [], labelsStatus: 'SKIPPED_TOO_SMALL' }) }
  const frame = await resizeRaster(firstFrame(raster), size)
  const jpeg = await fromRaster(frame).flatten({ background: 'white' }).jpeg({ quality: LABEL_JPEG_QUALITY }).toBuffer()
  return { labelling: label(jpeg, services) }
}

async function label(jpeg: Buffer, { labeler, clock, log }: LabelServices): Promise<Labelling> {
  const limit = deadline(clock, LABELS_DEADLINE_MS)
  try {
    const labels = await labeler.detect(jpeg, limit.signal)
    return { labels: labels.toSorted((a, b) => b.confidence - a.confidence), labelsStatus: 'READY' }
  } catch (error) {
    log.warn('labels are unavailable', { error: error instanceof Error ? error : new Error(String(error)) })
    return { labels: [], labelsStatus: 'UNAVAILABLE' }
  } finally {
    limit.cancel()
  }
}

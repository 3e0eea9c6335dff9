import type { Readable } from 'node:stream'
import type { RecordImageViewsInput } from '../../generated/graphql.ts'
import { readViewings } from './access-log.ts'
import type { Log } from './log.ts'
import type { LogFile, LogFiles } from './log-files.ts'
import type { ViewRecords } from './view-records.ts'

export interface CountViewsServices {
  files: LogFiles
  records: ViewRecords
  log: Log
}

/**
 * Counts the views in one log file, and deletes it then: it holds the addresses of who looked. May be repeated at any
 * point: what is recorded goes by the file's name, and is counted once.
 * @throws when the file can't be read, or S3 or the API be reached, so that the message comes again
 */
export async function countViews(file: LogFile, { files, records, log }: CountViewsServices): Promise<void> {
  const content = await files.read(file)
  if (!content) {
    log.info('log file is counted already', { logFile: file.key })
    return
  }
  const views = await tallyViews(content, file.key)
  await records.record(views)
  await files.remove(file)
  log.info('log file counted', { logFile: file.key, images: views.length })
}

/** How often each image was looked at, in the order in which the file names them. */
async function tallyViews(content: Readable, logFile: string): Promise<RecordImageViewsInput[]> {
  const views = new Map<string, RecordImageViewsInput>()
  for await (const { mediaKey, at } of readViewings(content)) {
    const known = views.get(mediaKey)
    if (!known) views.set(mediaKey, { mediaKey, logFile, views: 1, lastViewedAt: at })
    else {
      known.views += 1
      if (at > known.lastViewedAt) known.lastViewedAt = at
    }
  }
  return [...views.values()]
}

import { readFile, stat, writeFile } from 'node:fs/promises'

/** Size in bytes and time of the last change in milliseconds since the epoch, by a file's absolute path. */
type Stamp = Record<string, [byteSize: number, changedEpochMs: number]>

/**
 * Notes how files are now: what a result was made of, and the result.
 * @param begunEpochMs when the making began: a source that changed since may not be in the result, so nothing is noted
 */
export async function stamp(
  stampFile: string,
  { sources, results, begunEpochMs }: { sources: string[]; results: string[]; begunEpochMs: number },
): Promise<void> {
  const made = await read(sources)
  if (Object.values(made).some(([, changedEpochMs]) => changedEpochMs >= begunEpochMs)) return
  await writeFile(stampFile, JSON.stringify({ ...made, ...(await read(results)) }))
}

/** @returns whether a stamp was taken, and every file it names is as it was then */
export async function isUpToDate(stampFile: string): Promise<boolean> {
  try {
    const then = JSON.parse(await readFile(stampFile, 'utf8')) as Stamp
    const now = await read(Object.keys(then))
    return Object.entries(then).every(([file, [byteSize, changedEpochMs]]) => {
      const [byteSizeNow, changedNow] = now[file]!
      return byteSize === byteSizeNow && changedEpochMs === changedNow
    })
  } catch {
    // No stamp, half a stamp or a file that is gone: made anew.
    return false
  }
}

async function read(files: string[]): Promise<Stamp> {
  const stats = files.map(async (file): Promise<[string, Stamp[string]]> => {
    const { size, mtimeMs } = await stat(file)
    return [file, [size, mtimeMs]]
  })
  return Object.fromEntries(await Promise.all(stats))
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isRecord } from './aws/json.ts'
import { isRunning, startTimeOf } from './process-identity.ts'

/** Tells a data folder of the local run from any other folder. */
const MARKER_FILE = 'local-run.json'
/** Says which process has the folder. */
const LOCK_FILE = 'lock.json'
/** Layout of the folder; another version is not read. */
const FORMAT = 1

/** Where everything lives that outlives the process; one process has it at a time. */
export interface DataFolder {
  root: string
  /** A folder of its own for a service, made when it is missing. */
  service(name: string): string
  /** Lets the next process have it. */
  release(): void
}

/** A data folder that can't be had; its message is one line for people. */
export class DataFolderError extends Error {}

/**
 * Takes a data folder for this process, making it when it is missing.
 * @param options.fresh empties it first
 * @throws DataFolderError when another process has it, or when it is no data folder: nothing is ever deleted there
 */
export function openDataFolder(directory: string, options: { fresh?: boolean } = {}): DataFolder {
  const root = path.resolve(directory)
  recognise(root)
  const lockFile = path.join(root, LOCK_FILE)
  takeLock(lockFile, root)
  if (options.fresh) {
    for (const entry of readdirSync(root)) {
      if (entry !== MARKER_FILE && entry !== LOCK_FILE) rmSync(path.join(root, entry), { recursive: true })
    }
  }
  return {
    root,
    service(name) {
      const folder = path.join(root, name)
      mkdirSync(folder, { recursive: true })
      return folder
    },
    release: () => rmSync(lockFile, { force: true }),
  }
}

/** Accepts a missing or an empty folder, which becomes a data folder, and one that is marked as such. */
function recognise(root: string): void {
  let entries: string[]
  try {
    mkdirSync(root, { recursive: true })
    entries = readdirSync(root)
  } catch (error) {
    throw new DataFolderError(
      `The data folder ${root} can't be used: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const marker = path.join(root, MARKER_FILE)
  if (entries.length === 0) {
    writeFileSync(marker, `${JSON.stringify({ format: FORMAT })}\n`)
    return
  }
  if (!entries.includes(MARKER_FILE)) {
    throw new DataFolderError(`${root} is neither empty nor a data folder of the local run; name another with --data`)
  }
  const format = readRecord(marker)?.format
  if (format !== FORMAT) {
    throw new DataFolderError(
      `${root} has the data format ${String(format)}, expected ${FORMAT}; delete the folder to start anew`,
    )
  }
}

function takeLock(lockFile: string, root: string): void {
  const own = `${JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) })}\n`
  for (;;) {
    try {
      writeFileSync(lockFile, own, { flag: 'wx' })
      return
    } catch (error) {
      if (!isRecord(error) || error.code !== 'EEXIST') throw error
    }
    const holder = readRecord(lockFile)
    if (typeof holder?.pid === 'number' && isRunning(holder.pid, holder.startTime)) {
      throw new DataFolderError(
        `The data folder ${root} is in use by process ${holder.pid}; stop it, or name another folder with --data`,
      )
    }
    rmSync(lockFile, { force: true })
  }
}

/** A JSON object from a file; undefined when there is none that can be read. */
function readRecord(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { User } from './users.ts'
import type { Login } from './logins.ts'

/** What a pool keeps between two runs. No password: salts and verifiers only. */
export interface PoolState {
  users: User[]
  logins: Login[]
  /** By client id. */
  clientSecrets: Record<string, string>
  /** Makes up the same stand-in for the same unknown username, hex. */
  pepper: string
}

/** Length of the pepper, in bytes. */
const PEPPER_BYTES = 32
/** Readable by the owner alone: the files hold keys. */
const FILE_MODE = 0o600

/** A JSON file that is replaced as a whole, so that a crash leaves the old or the new one. */
export function writeJson(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, JSON.stringify(value), { mode: FILE_MODE })
  renameSync(temporary, file)
}

/** @returns undefined when there is no such file */
export function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

export function loadState(dataDir: string, poolId: string): PoolState {
  const empty: PoolState = {
    users: [],
    logins: [],
    clientSecrets: {},
    pepper: randomBytes(PEPPER_BYTES).toString('hex'),
  }
  return { ...empty, ...(readJson(path.join(dataDir, `${poolId}.json`)) as Partial<PoolState> | undefined) }
}

export function saveState(dataDir: string, poolId: string, state: PoolState): void {
  writeJson(path.join(dataDir, `${poolId}.json`), state)
}

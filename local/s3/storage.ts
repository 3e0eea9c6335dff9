import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clock } from '../clock.ts'
import { Sequence } from './sequencer.ts'
import { NULL_VERSION_ID, type StoredVersion } from './stored-version.ts'

const METADATA_SUFFIX = '.json'
const BODY_SUFFIX = '.bytes'

/**
 * Objects on the disk: `objects/<bucket>/<aa>/<SHA-256 of the key>/<sequencer>.json`, the bytes beside it.
 * A version exists from the moment its JSON file has been renamed into place; bytes without one are swept at the start.
 * An index of all versions is kept in memory.
 */
export class Storage {
  readonly sequence: Sequence
  readonly #objectsDir: string
  readonly #temporaryDir: string
  /** bucket -> key -> versions, newest first. */
  readonly #index = new Map<string, Map<string, StoredVersion[]>>()
  readonly #sortedKeys = new Map<string, string[]>()

  constructor(dataDir: string, clock: Clock) {
    this.sequence = new Sequence(clock)
    this.#objectsDir = join(dataDir, 'objects')
    this.#temporaryDir = join(dataDir, 'incoming')
    rmSync(this.#temporaryDir, { recursive: true, force: true })
    mkdirSync(this.#temporaryDir, { recursive: true })
    mkdirSync(this.#objectsDir, { recursive: true })
    this.#load()
  }

  /** A path for bytes that are on their way; what is left there is swept at the next start. */
  temporaryFile(): string {
    return join(this.#temporaryDir, randomUUID())
  }

  bodyFile(version: StoredVersion): string {
    return this.#pathOf(version) + BODY_SUFFIX
  }

  current(bucket: string, key: string): StoredVersion | undefined {
    return this.versions(bucket, key)[0]
  }

  /** Newest first. */
  versions(bucket: string, key: string): readonly StoredVersion[] {
    return this.#index.get(bucket)?.get(key) ?? []
  }

  /** Every key with at least one version or marker, in the order of its UTF-8 bytes. */
  keys(bucket: string): readonly string[] {
    let keys = this.#sortedKeys.get(bucket)
    if (!keys) {
      keys = [...(this.#index.get(bucket)?.keys() ?? [])].sort(compareKeys)
      this.#sortedKeys.set(bucket, keys)
    }
    return keys
  }

  /**
   * Makes a version visible; synchronous, so that nothing comes between a caller's check of `current` and this.
   * A null version replaces the null version before it.
   * @param bodyPath a temporary file, which is moved away; undefined for a delete marker
   * @param beforeVisible what must be on the disk before the version is
   */
  commit(version: StoredVersion, bodyPath: string | undefined, beforeVisible: () => void): void {
    const path = this.#pathOf(version)
    mkdirSync(dirname(path), { recursive: true })
    if (bodyPath !== undefined) renameSync(bodyPath, path + BODY_SUFFIX)
    beforeVisible()
    const temporary = this.temporaryFile()
    writeFileSync(temporary, JSON.stringify(version))
    renameSync(temporary, path + METADATA_SUFFIX)
    const replaced = this.versions(version.bucket, version.key).filter(
      ({ versionId }) => versionId === NULL_VERSION_ID && version.versionId === NULL_VERSION_ID,
    )
    this.#insert(version)
    for (const old of replaced) this.remove(old)
  }

  /** Removes one version or marker for good. */
  remove(version: StoredVersion): void {
    const path = this.#pathOf(version)
    rmSync(path + METADATA_SUFFIX, { force: true })
    rmSync(path + BODY_SUFFIX, { force: true })
    const keys = this.#index.get(version.bucket)
    const left = this.versions(version.bucket, version.key).filter(({ sequencer }) => sequencer !== version.sequencer)
    if (left.length > 0) keys?.set(version.key, left)
    else if (keys?.delete(version.key)) this.#sortedKeys.delete(version.bucket)
  }

  /** Keys are hashed: no key can leave the folder, be too long for it, or collide on a case-insensitive disk. */
  #pathOf({ bucket, key, sequencer }: StoredVersion): string {
    const hash = createHash('sha256').update(key).digest('hex')
    return join(this.#objectsDir, bucket, hash.slice(0, 2), hash, sequencer)
  }

  #insert(version: StoredVersion): void {
    let keys = this.#index.get(version.bucket)
    if (!keys) this.#index.set(version.bucket, (keys = new Map()))
    const versions = keys.get(version.key)
    if (!versions) this.#sortedKeys.delete(version.bucket)
    keys.set(
      version.key,
      [version, ...(versions ?? [])].sort((a, b) => (a.sequencer < b.sequencer ? 1 : -1)),
    )
  }

  #load(): void {
    const files = readdirSync(this.#objectsDir, { recursive: true, encoding: 'utf8' })
    const committed = new Set<string>()
    for (const file of files.filter((name) => name.endsWith(METADATA_SUFFIX))) {
      const version = JSON.parse(readFileSync(join(this.#objectsDir, file), 'utf8')) as StoredVersion
      committed.add(file.slice(0, -METADATA_SUFFIX.length))
      this.sequence.seen(version.sequencer)
      this.#insert(version)
    }
    for (const file of files.filter((name) => name.endsWith(BODY_SUFFIX))) {
      if (!committed.has(file.slice(0, -BODY_SUFFIX.length))) rmSync(join(this.#objectsDir, file), { force: true })
    }
    this.#dropReplacedNullVersions()
  }

  /** The process may have ended between a null version's arrival and its predecessor's removal. */
  #dropReplacedNullVersions(): void {
    for (const keys of this.#index.values()) {
      for (const versions of keys.values()) {
        for (const old of versions.filter(({ versionId }) => versionId === NULL_VERSION_ID).slice(1)) this.remove(old)
      }
    }
  }
}

/** By UTF-8 bytes, as S3 lists. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

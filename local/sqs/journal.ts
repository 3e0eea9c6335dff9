import { closeSync, existsSync, ftruncateSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

/** Records appended since the last compaction before the next one is considered. */
const MIN_RECORDS_TO_COMPACT = 2_000

/** Compaction pays once the journal holds this many times more records than there are messages. */
const COMPACTION_RATIO = 4

/**
 * An append-only file of JSON lines. A record is in the kernel's hands when `append` returns, so it outlives the
 * process however that ends (a power cut may lose the last moments). A last line that was cut off is dropped: its
 * `append` never returned, so nobody was told that it was kept.
 *
 * Why not a database: the records are few and small, and a file that `cat` shows needs no native code.
 */
export class Journal<JournalRecord> {
  private fd: number
  private records = 0

  /**
   * @param file created when it isn't there; its folder exists
   * @param replay is given every record of the file, oldest first
   * @throws Error when a line other than the last can't be read
   */
  constructor(
    private readonly file: string,
    replay: (record: JournalRecord) => void,
  ) {
    const keep = existsSync(file) ? this.replayFile(replay) : 0
    this.fd = openSync(file, 'a')
    ftruncateSync(this.fd, keep)
  }

  append(record: JournalRecord): void {
    writeSync(this.fd, `${JSON.stringify(record)}\n`)
    this.records += 1
  }

  /** True when rewriting the file would make it much smaller. */
  shouldCompact(liveRecords: number): boolean {
    return this.records >= MIN_RECORDS_TO_COMPACT && this.records > liveRecords * COMPACTION_RATIO
  }

  /** Replaces everything by `records`, all or nothing. */
  compact(records: Iterable<JournalRecord>): void {
    const fresh = `${this.file}.compacting`
    const fd = openSync(fresh, 'w')
    let count = 0
    for (const record of records) {
      writeSync(fd, `${JSON.stringify(record)}\n`)
      count += 1
    }
    fsyncSync(fd)
    renameSync(fresh, this.file)
    closeSync(this.fd)
    closeSync(fd)
    this.fd = openSync(this.file, 'a')
    this.records = count
  }

  close(): void {
    closeSync(this.fd)
  }

  /** @returns length of the part that is whole, in bytes */
  private replayFile(replay: (record: JournalRecord) => void): number {
    const text = readFileSync(this.file, 'utf8')
    const end = text.lastIndexOf('\n') + 1
    const lines = text.slice(0, end).split('\n').slice(0, -1)
    for (const [index, line] of lines.entries()) {
      let record: JournalRecord
      try {
        record = JSON.parse(line) as JournalRecord
      } catch {
        throw new Error(`${this.file}, line ${index + 1} is not JSON: start with --fresh, or repair the line`)
      }
      replay(record)
      this.records += 1
    }
    return Buffer.byteLength(text.slice(0, end))
  }
}

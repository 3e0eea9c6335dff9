import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell tells of a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 }

/** Each 0.1 s later than the one before. Source: Node documentation, `fs.rmSync`. */
const REMOVAL_RETRIES = 10

/** Does something with a folder that is gone afterwards, also when Ctrl-C ends it; gigabytes may lie in it. */
export async function* withTemporaryFolder(work: (folder: string) => AsyncIterable<string>): AsyncGenerator<string> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const end = (signal: (typeof SIGNALS)[number]): void => {
    process.stderr.write(`${signal}: removes ${folder}\n`)
    removeLater(folder)
    process.exit(EXIT_CODES[signal])
  }
  for (const signal of SIGNALS) process.once(signal, end)
  try {
    yield* work(folder)
  } finally {
    for (const signal of SIGNALS) process.off(signal, end)
    rmSync(folder, { recursive: true, force: true, maxRetries: REMOVAL_RETRIES })
  }
}

/** From a process of its own: as long as this one lives, its threads may go on writing to the folder. */
function removeLater(folder: string): void {
  const script = `fs.rmSync(process.argv[1], { recursive: true, force: true, maxRetries: ${REMOVAL_RETRIES} })`
  spawn(process.execPath, ['-e', script, folder], { detached: true, stdio: 'ignore' }).unref()
}

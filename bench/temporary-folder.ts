import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell tells of a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 }

/** Does something with a folder that is gone afterwards, also when Ctrl-C ends it; gigabytes may lie in it. */
export async function* withTemporaryFolder(work: (folder: string) => AsyncIterable<string>): AsyncGenerator<string> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const end = (signal: (typeof SIGNALS)[number]): void => {
    remove()
    process.exit(EXIT_CODES[signal])
  }
  for (const signal of SIGNALS) process.once(signal, end)
  try {
    yield* work(folder)
  } finally {
    for (const signal of SIGNALS) process.off(signal, end)
    remove()
  }
}

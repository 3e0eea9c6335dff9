import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { startCloud, type Cloud, type CloudOptions } from '../../local/cloud.ts'
import { HandClock } from '../local/sqs/hand-clock.ts'

/**
 * How far behind the functions' own clocks this one starts. Signatures are good for 15 minutes either way, so it can be
 * moved by 25 before the functions are refused.
 */
const BEHIND_MS = 10 * 60 * 1_000

/** A clock for a whole cloud, moved by hand. */
export class CloudClock extends HandClock {
  /** Calls that wait for just so long are called back at once, in milliseconds. */
  impatience: number | undefined

  constructor() {
    super(Date.now() - BEHIND_MS)
  }

  override after(ms: number, callback: () => void): { cancel(): void } {
    if (ms !== this.impatience) return super.after(ms, callback)
    const timer = setImmediate(callback)
    return { cancel: () => clearImmediate(timer) }
  }
}

/** The stack that would be deployed, running here by a clock of the test, and what its functions log. */
export interface MovedCloud {
  cloud: Cloud
  clock: CloudClock
  /** The next line of the log that holds the text; each line is heard of once. */
  line(text: string): Promise<string>
  /** Ends the run and starts another on the same data, by the same clock. */
  restart(whileDown: () => void): Promise<void>
  stop(): Promise<void>
}

export async function givenMovedCloud(options: Pick<CloudOptions, 'authorizer'> = {}): Promise<MovedCloud> {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-'))
  const clock = new CloudClock()
  let lines: string[] = []
  let waiting: { text: string; hear(line: string): void }[] = []
  const hearLine = (line: string): void => {
    const first = waiting.find(({ text }) => line.includes(text))
    waiting = waiting.filter((other) => other !== first)
    if (first) first.hear(line)
    else lines.push(line)
  }
  const start = () =>
    startCloud({
      assemblyDir: inject('assemblyDir'),
      dataDir,
      basePort: 0,
      clock,
      log: (_level, _service, message, details) => hearLine(`${message} ${JSON.stringify(details ?? {})}`),
      ...options,
    })
  const given: MovedCloud = {
    cloud: await start(),
    clock,
    line(text) {
      const said = lines.find((line) => line.includes(text))
      if (said === undefined) return new Promise((hear) => waiting.push({ text, hear }))
      lines = lines.filter((line) => line !== said)
      return Promise.resolve(said)
    },
    async restart(whileDown) {
      await given.cloud.stop()
      whileDown()
      given.cloud = await start()
    },
    async stop() {
      await given.cloud.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return given
}

import { progressPrinter, runCommand } from '../command-line.ts'
import { soak, SOAK_LIMIT_MB } from './soak.ts'

const USAGE = `npm run soak [-- options]

Develops pictures of every format and size in one process, by the bundled function, and watches its memory.

  --pictures N    how many; default 60
  --help          this text

Exit code 1 when the process took more than ${SOAK_LIMIT_MB} MB, or a message failed.`

const DEFAULT_PICTURES = 60
const MS_PER_SECOND = 1_000

process.exitCode = await runCommand(USAGE, { pictures: 'number' }, async ({ pictures = DEFAULT_PICTURES }) => {
  const startedAt = performance.now()
  const print = progressPrinter(pictures)
  const { peakMb, heldMb, endings, failed } = await soak(pictures, (done) => print(done, `${done} of ${pictures} pictures`))
  const counts = new Map<string, number>()
  for (const ending of endings) counts.set(ending, (counts.get(ending) ?? 0) + 1)
  for (const [ending, count] of counts) console.log(`${count}\t${ending}`)
  console.log(`held after each, MB: ${heldMb.join(' ')}`)
  const seconds = ((performance.now() - startedAt) / MS_PER_SECOND).toFixed(1)
  console.log(`${seconds} s; peak ${peakMb.toFixed(0)} MB of ${SOAK_LIMIT_MB}; ${failed} messages failed`)
  return peakMb <= SOAK_LIMIT_MB && failed === 0
})

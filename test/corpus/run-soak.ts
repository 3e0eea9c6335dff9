import { parseArgs } from 'node:util'
import { soak, SOAK_LIMIT_MB } from './soak.ts'

/** `npm run soak -- --pictures 60`. */
const DEFAULT_PICTURES = '60'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { pictures: { type: 'string', default: DEFAULT_PICTURES } } })
  if (!/^\d{1,6}$/.test(values.pictures))
    throw new TypeError(`--pictures must be a whole number, got "${values.pictures}"`)
  const startedAt = performance.now()
  const { peakMb, heldMb, endings, failed } = await soak(Number(values.pictures))
  const counts = new Map<string, number>()
  for (const ending of endings) counts.set(ending, (counts.get(ending) ?? 0) + 1)
  for (const [ending, count] of counts) console.log(`${count}\t${ending}`)
  console.log(`held after each, MB: ${heldMb.join(' ')}`)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(`${seconds} s; peak ${peakMb.toFixed(0)} MB of ${SOAK_LIMIT_MB}; ${failed} messages failed`)
  if (peakMb > SOAK_LIMIT_MB || failed > 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

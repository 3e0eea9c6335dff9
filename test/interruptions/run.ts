import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT, synthesize } from '../../infra/synth.ts'
import { interrupt } from './interrupt.ts'
import { STEPS } from './plan.ts'

/** `npm run interruptions -- --images 500 --seed 1`. */

const DEFAULT_IMAGES = 500
const SEED_RANGE = 1_000_000
const MS_PER_MINUTE = 60_000

function whole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new TypeError(`--${name} must be a whole number below a billion, got "${text}"`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { images: { type: 'string' }, seed: { type: 'string' } } })
  const images = whole('images', values.images, DEFAULT_IMAGES)
  const seed = whole('seed', values.seed, Math.floor(Math.random() * SEED_RANGE))
  console.log(`${images} images, seed ${seed}`)
  const startedAt = performance.now()
  const assemblyDir = join(ROOT, '.test', 'interruptions.cdk.out')
  await synthesize({ out: assemblyDir })
  try {
    const { stories, violations, redriven, movedMs } = await interrupt({ assemblyDir, images, seed })
    const endings = new Map<string, number>()
    for (const { image } of stories) {
      const seen = `labels ${image?.labelsStatus}, moderation ${image?.moderationStatus}`
      const ending = `${image?.status} ${image?.failure?.code ?? seen}`
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
    }
    for (const [ending, count] of [...endings].sort(([, a], [, b]) => b - a)) console.log(`${count}\t${ending}`)
    const blows = stories.flatMap(({ seen }) => seen.blows)
    for (const step of STEPS) {
      console.log(`${blows.filter((blow) => blow.startsWith(`${step}: `)).length}\tinterruptions at: ${step}`)
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    console.log(
      `${blows.length} interruptions in ${seconds} s; the clock moved by ${Math.round(movedMs / MS_PER_MINUTE)} min`,
    )
    console.log(`${redriven} events of failed images were sent back`)
    for (const violation of violations) console.error(violation)
    if (violations.length === 0) return
    console.error(`again: npm run interruptions -- --images ${images} --seed ${seed}`)
    process.exitCode = 1
  } finally {
    await rm(assemblyDir, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : String(error))
  process.exitCode = 1
})

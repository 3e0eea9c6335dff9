import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, synthesize } from '../../infra/synth.ts'
import { drawSeed, progressPrinter, runCommand } from '../command-line.ts'
import { interrupt } from './interrupt.ts'
import { STEPS } from './plan.ts'

const USAGE = `npm run interruptions [-- options]

Uploads images through the local run and lets befall them what a seed says: events that come twice, late or in another
order, functions that crash or hang at every step, services that refuse or whose answers are lost. Then holds what became
of each against what is promised, and sends the failed ones back.

  --images N    how many; default 500
  --seed N      what befalls them; default drawn, and printed
  --help        this text

Exit code 1 when a promise was not kept; each is told in a sentence, and the line that brings it back is printed.`

const DEFAULT_IMAGES = 500
const MS_PER_SECOND = 1_000
const MS_PER_MINUTE = 60_000

process.exitCode = await runCommand(
  USAGE,
  { images: 'number', seed: 'number' },
  async ({ images = DEFAULT_IMAGES, seed = drawSeed() }) => {
    console.log(`${images} images, seed ${seed}`)
    const startedAt = performance.now()
    const print = progressPrinter(images)
    const assemblyDir = join(ROOT, '.test', 'interruptions.cdk.out')
    await synthesize({ out: assemblyDir })
    try {
      const onRest = (ended: number) => print(ended, `${ended} of ${images} images have come to rest`)
      const { stories, violations, redriven, movedMs } = await interrupt({ assemblyDir, images, seed, onRest })
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
      const seconds = ((performance.now() - startedAt) / MS_PER_SECOND).toFixed(1)
      console.log(
        `${blows.length} interruptions in ${seconds} s; the clock moved by ${Math.round(movedMs / MS_PER_MINUTE)} min`,
      )
      console.log(`${redriven} events of failed images were sent back`)
      for (const violation of violations) console.error(violation)
      if (violations.length > 0) console.error(`again: npm run interruptions -- --images ${images} --seed ${seed}`)
      return violations.length === 0
    } finally {
      await rm(assemblyDir, { recursive: true, force: true })
    }
  },
)

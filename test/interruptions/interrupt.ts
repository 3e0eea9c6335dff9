import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCloud } from '../../local/cloud.ts'
import { createRandom } from '../fuzz/random.ts'
import { comeToRest } from './come-to-rest.ts'
import { EventStopover } from './event-stopover.ts'
import { interruptedAssembly } from './interrupted-assembly.ts'
import { InterruptingProxy } from './interrupting-proxy.ts'
import { INVARIANTS, strays, type Story } from './invariants.ts'
import { MovedClock } from './moved-clock.ts'
import { Operator } from './operator.ts'
import { Owner } from './owner.ts'
import { pictureOf } from './pictures.ts'
import { planFor, tell, type Plan } from './plan.ts'
import { ThrottledTable } from './throttled-table.ts'

export interface InterruptOptions {
  assemblyDir: string
  images: number
  seed: number
  /** Hears how many images have come to rest so far. */
  onRest?: (images: number) => void
}

export interface InterruptReport {
  /** As everything came to rest, before the redrive. */
  stories: Story[]
  /** In sentences, each with the image's plan. */
  violations: string[]
  /** How many events of failed images were sent back in the end, with nothing to interrupt them. */
  redriven: number
  /** By how much the clock was moved, in milliseconds. */
  movedMs: number
}

/** Uploads before their events are sent on, in which order ever. */
const WAVE = 20

/** Uploads before all must have come to rest: below what one owner may have PENDING. */
const BATCH = 60

/** Streams of the seed: one an image for its plan and picture, and one for the order of events. */
const EVENT_STREAM = -2

/**
 * Uploads images, lets befall them what the seed says, and waits until everything has come to rest; then sends the
 * failed ones back, as an operator would, and looks whether anything is left that belongs to nobody.
 */
export async function interrupt({ assemblyDir, images, seed, onRest }: InterruptOptions): Promise<InterruptReport> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-interruptions-'))
  const clockFile = join(folder, 'moved-ms')
  const clock = new MovedClock(clockFile)
  const plans = new Map<string, Plan>()
  let stormy = true
  const table = new ThrottledTable()
  const proxy = new InterruptingProxy((id) => (stormy ? plans.get(id) : undefined), table, clock.now)
  const undo: (() => void | Promise<void>)[] = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    const { appsync, s3, aws } = await proxy.listen()
    undo.push(() => proxy.stop())
    const detours = { graphqlUrl: `${appsync}/graphql`, s3, aws }
    const cloud = await startCloud({
      assemblyDir: interruptedAssembly(assemblyDir, folder, detours, clockFile),
      dataDir: join(folder, 'data'),
      basePort: 0,
      log: () => undefined,
      clock,
      authorizer: table,
    })
    undo.push(() => cloud.stop())
    proxy.passTo(cloud.endpoints)
    const owner = new Owner(cloud)
    await owner.listen()
    undo.push(() => owner.stop())
    const operator = new Operator(cloud, clock)
    undo.push(() => operator.stop())
    const stopover = new EventStopover(operator.sqs, cloud, createRandom(seed, EVENT_STREAM))

    for (let first = 0; first < images; first += WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, images - first) }, (_, index) => first + index)
      const ids = await Promise.all(wave.map((number) => uploadOne(number, seed, owner, plans)))
      await stopover.takeIn(new Set(ids), (id) => plans.get(id)!)
      await stopover.sendOn()
      if ((first + WAVE) % BATCH !== 0 && first + WAVE < images) continue
      await comeToRest(clock, proxy, stopover)
      onRest?.(plans.size)
      owner.signInAnew()
    }
    const tellAll = () => Promise.all([...plans].map(([id, plan]) => storyOf(id, plan, owner, proxy)))
    const stories = await tellAll()
    const violations = [...violationsOf(stories), ...strayOf(stories, await operator.mediaKeys())]

    stormy = false
    const redriven = await operator.redrive(stopover)
    await comeToRest(clock, proxy, stopover)
    owner.signInAnew()
    const redeveloped = await tellAll()
    const late = [...failedOf(redeveloped), ...strayOf(redeveloped, await operator.mediaKeys())]
    return { stories, violations: [...violations, ...late], redriven, movedMs: clock.moved }
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

async function uploadOne(number: number, seed: number, owner: Owner, plans: Map<string, Plan>): Promise<string> {
  const random = createRandom(seed, number)
  const plan = planFor(random)
  const id = await owner.upload(await pictureOf(number, random), `picture-${number}`)
  plans.set(id, plan)
  return id
}

async function storyOf(id: string, plan: Plan, owner: Owner, proxy: InterruptingProxy): Promise<Story> {
  const seen = structuredClone(proxy.seen(id))
  return { id, plan, image: await owner.image(id), events: owner.events.filter((event) => event.id === id), seen }
}

function violationsOf(stories: Story[]): string[] {
  return stories.flatMap((story) =>
    Object.entries(INVARIANTS).flatMap(([sentence, invariant]) => {
      const found = invariant(story)
      if (found === undefined) return []
      const struck = story.seen.blows.join(', ') || 'nothing'
      return [`An image ${sentence}; ${story.id} got ${found}. Planned: ${tell(story.plan)}. Struck: ${struck}.`]
    }),
  )
}

/** All that is stored belongs to an image, before and after the redrive. */
function strayOf(stories: Story[], objectKeys: string[]): string[] {
  const { orphaned, missing } = strays(stories, objectKeys)
  return [
    ...orphaned.map((key) => `No object is orphaned; no image names ${key}${blowsOf(key, stories)}.`),
    ...missing.map((key) => `A listed variant is stored; ${key} is not.`),
  ]
}

/** What befell the image that an object was made for. */
function blowsOf(key: string, stories: Story[]): string {
  const story = stories.find(({ seen }) => seen.mediaKey !== undefined && key.includes(seen.mediaKey))
  return story ? `, made for ${story.id}, ${story.image?.status}; struck: ${story.seen.blows.join(', ')}` : ''
}

/** After the redrive every image is developed or refused. */
function failedOf(stories: Story[]): string[] {
  return stories
    .filter(({ image }) => image?.status !== 'READY' && image?.status !== 'REJECTED')
    .map(({ id, image }) => `A redriven image ends READY or REJECTED; ${id} is ${image?.status}.`)
}

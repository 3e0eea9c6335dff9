import type { Random } from '../fuzz/random.ts'
import { countsOf } from './counts.ts'
import { sha256Of, type GivenLists, type User } from './given-lists.ts'
import { develop, label, listed, newestFirst, refusalOf, remove, requestImages } from './images.ts'

/** Labels that images get, with what they belong to. */
const LABELS = [
  label('Dog', 'Animal', 'Pet'), label('Cat', 'Animal', 'Pet'), label('Pet', 'Animal'), label('Car'), label('Wheel', 'Car'),
]
const CATEGORIES = ['Sea', 'Hills', null]
const TAGS = ['Sun', 'Rain', 'Snow']
const FILES = ['one', 'two', 'three'].map(sha256Of)

interface Known {
  id: string
  state: 'PENDING' | 'READY' | 'DELETED' | 'REMOVED'
  mediaKey?: string
  labels: string[]
  category: string | null
  tags: string[]
}

/** Does to the images of one user whatever the random numbers say, and keeps a model of what the lists should hold. */
export class History {
  /** What was done, for whoever has to find out what went wrong. */
  readonly told: string[] = []
  private readonly images: Known[] = []

  constructor(
    private readonly given: GivenLists,
    private readonly user: User,
    private readonly random: Random,
  ) {}

  async step(): Promise<void> {
    const { random } = this
    const act = random.pick(['request', 'develop', 'develop', 'update', 'delete', 'remove', 'reprocess', 'repeat'] as const)
    if (act === 'request') return this.request()
    const states = { develop: 'PENDING', update: 'READY', delete: 'READY', remove: 'DELETED', reprocess: 'READY', repeat: 'READY' }
    const fitting = this.images.filter(({ state }) => state === states[act])
    if (fitting.length === 0) return this.request()
    const image = random.pick(fitting)
    this.told.push(`${act} ${this.images.indexOf(image)}`)
    return this[act](image)
  }

  private async request(): Promise<void> {
    const { random } = this
    this.told.push('request')
    const [category, tags] = [random.pick(CATEGORIES), this.some(TAGS)]
    const [id] = (await requestImages(this.user, 1, () => ({ category, tags }))) as [string]
    this.images.push({ id, state: 'PENDING', labels: [], category, tags })
  }

  private async develop(image: Known): Promise<void> {
    const { random } = this
    const labels = this.some(LABELS)
    const sha256 = random.pick(FILES)
    const { mediaKey } = await develop(this.given, this.user, image.id, { labels, sha256 })
    const names = labels.flatMap(({ name, parents }) => [name, ...parents])
    Object.assign(image, { state: 'READY', labels: [...new Set(names)], mediaKey })
  }

  private async update(image: Known): Promise<void> {
    const [category, tags] = [this.random.pick(CATEGORIES), this.some(TAGS)]
    const mutation = 'mutation ($input: UpdateImageInput!) { updateImage(input: $input) { id } }'
    await this.user.run(mutation, { input: { id: image.id, category, tags } })
    Object.assign(image, { category, tags })
  }

  private async delete(image: Known): Promise<void> {
    await this.user.run('mutation ($id: ID!) { deleteImage(id: $id) { id } }', { id: image.id })
    image.state = 'DELETED'
  }

  private async remove(image: Known): Promise<void> {
    await remove(this.given, this.user, image.id)
    image.state = 'REMOVED'
  }

  private async reprocess(image: Known): Promise<void> {
    const { id, mediaKey: replacesMediaKey } = image
    const input = {
      id, owner: this.user.owner, status: 'PROCESSING', mediaKey: `${replacesMediaKey}+`, replacesMediaKey,
    }
    await this.given.backEnd(
      'mutation ($input: RecordImageProcessedInput!) { recordImageProcessed(input: $input) { id } }', { input },
    )
    Object.assign(image, { state: 'PENDING', labels: [] })
  }

  private async repeat({ id }: Known): Promise<void> {
    const refusal = await refusalOf(develop(this.given, this.user, id, { labels: LABELS }))
    if (refusal !== 'ImageAlreadyFinished') throw new Error(`expected ImageAlreadyFinished, got ${refusal}`)
  }

  /** What every list holds, and what it should. */
  async compare(): Promise<{ listed: object; expected: object }> {
    const ready = this.images.filter(({ state }) => state === 'READY')
    const counted = this.images.filter(({ state }) => state === 'READY' || state === 'DELETED')
    const expected: Record<string, unknown> = { counts: {} as Record<string, number> }
    const found: Record<string, unknown> = { counts: await countsOf(this.user) }
    const expect = async (filter: string, has: (image: Known) => boolean) => {
      expected[filter] = newestFirst(ready.filter(has).map(({ id }) => id))
      found[filter] = await listed(this.user, (page) => `images(${filter}, ${page})`)
    }
    const names = [...new Set(LABELS.flatMap(({ name, parents }) => [name, ...parents]))]
    for (const name of names) {
      const count = counted.filter(({ labels }) => labels.includes(name)).length
      if (count > 0) (expected.counts as Record<string, number>)[name] = count
      await expect(`label: "${name}"`, ({ labels }) => labels.includes(name))
    }
    for (const tag of TAGS) await expect(`tag: "${tag}"`, ({ tags }) => tags.includes(tag))
    await expect('category: "sea"', ({ category }) => category === 'Sea')
    await expect('status: READY', () => true)
    return { listed: found, expected }
  }

  private some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.random.chance(1 / 2))
  }
}

import { S3Client } from '@aws-sdk/client-s3'
import { executeAsOperator } from '../../client/operator-graphql.ts'
import { ALL_OF_IMAGE } from '../../generated/back-end-mutations.ts'
import type { Cloud } from '../../local/cloud.ts'
import { ask } from '../access/execute.ts'
import type { Caller, Callers } from '../access/given-callers.ts'
import type { Random } from '../fuzz/random.ts'

/** How many images are changed by one request at most. */
const MAX_BATCH = 12

/** Fewer images are not kept, of those that were not deleted. */
const MIN_IMAGES = 20

/** More images are not PENDING at a time. */
const MAX_PENDING = 10

/** What happens to images that are there, each as often as the others. */
const STEPS = [...Array<'update'>(4).fill('update'), ...Array<'judge'>(7).fill('judge'), 'delete'] as const

const UPLOAD = '{ fileName: "photo.jpg", contentType: "image/jpeg", byteSize: 9 }'
const OUTCOME = `status: READY, sha256: "${'0'.repeat(64)}", width: 1, height: 1, variants: [], thumbhash: "AAAA",
  dominantColor: "#000000", palette: [], isAnimated: false, hasAlpha: false, labels: [], labelsStatus: SKIPPED_TOO_SMALL`

/** Images of the owner that live as the random numbers say, by real mutations of all who may change them. */
export interface ImageLife {
  /** Does one request. @returns how many images it changed */
  step(): Promise<number>
}

export function imageLife(cloud: Cloud, { callers, owner }: Callers, random: Random): ImageLife {
  const operator = new S3Client({ region: cloud.assembly.region, credentials: cloud.credentialsFor('operator') })
  const pending: string[] = []
  const ready: string[] = []
  const verdicts = new Map<string, 'HELD' | 'CLEARED'>()
  let count = 0

  async function mutate(caller: Caller, fields: string[]): Promise<unknown[]> {
    const { body } = await ask(cloud, caller, mutationOf(fields))
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return Object.values(body.data as object)
  }
  /** Some images of a list, each once; they leave it when they are `taken`. */
  const some = (list: string[], isTaken: boolean): string[] => {
    const from = random.below(list.length)
    const size = 1 + random.below(MAX_BATCH)
    return isTaken ? list.splice(from, size) : list.slice(from, from + size)
  }

  const steps = {
    async upload() {
      const inputs = Array.from({ length: 1 + random.below(MAX_BATCH) }, () => UPLOAD)
      const [tickets] = (await mutate(callers.owner, [
        `requestUploads(inputs: [${inputs.join(' ')}]) { ticket { image { id } } }`,
      ])) as { ticket: { image: { id: string } } }[][]
      pending.push(...tickets!.map(({ ticket }) => ticket.image.id))
      return inputs.length
    },
    async finish() {
      const ids = some(pending, true)
      await mutate(callers.backEnd, ids.map((id) =>
        `recordImageProcessed(input: { id: "${id}", owner: "${owner}", ${OUTCOME} }) ${ALL_OF_IMAGE}`))
      ready.push(...ids)
      return ids.length
    },
    async update() {
      const ids = some(ready, false)
      await mutate(callers.owner, ids.map((id) => `updateImage(input: { id: "${id}", title: "Title ${count++}" }) { id }`))
      return ids.length
    },
    async judge() {
      const ids = some(ready, false)
      const fields = ids.map((id) => {
        const verdict = verdicts.get(id) === 'HELD' ? 'CLEARED' : 'HELD'
        verdicts.set(id, verdict)
        return `recordImageLabels(input: {
          id: "${id}", owner: "${owner}", moderationStatus: ${verdict}, decidedByOperator: true
        }) ${ALL_OF_IMAGE}`
      })
      await executeAsOperator(`${cloud.endpoints.appsync}/graphql`, operator, mutationOf(fields), {})
      return ids.length
    },
    async delete() {
      const ids = some(ready, true)
      await mutate(callers.owner, [`deleteImages(ids: ${JSON.stringify(ids)}) { error { type } }`])
      return ids.length
    },
  }
  return {
    step() {
      if (pending.length + ready.length < MIN_IMAGES) return steps.upload()
      if (pending.length > MAX_PENDING) return steps.finish()
      return steps[random.pick(STEPS)]()
    },
  }
}

function mutationOf(fields: string[]): string {
  return `mutation { ${fields.map((field, index) => `field${index}: ${field}`).join(' ')} }`
}

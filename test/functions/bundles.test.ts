import { execFile } from 'node:child_process'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BARE_ENVIRONMENT, bundleFunctions, type FUNCTION_NAMES } from './bundled.ts'

const run = promisify(execFile)
const KILOBYTE = 1_000

const PROCESS_IMAGE_NEEDS = [
  'MEDIA_BUCKET', 'GRAPHQL_URL', 'LABELS_QUEUE_URL', 'REMOVALS_QUEUE_URL', 'MODERATION_MIN_CONFIDENCE', 'VARIANTS',
  'AWS_REGION',
]
const LABEL_IMAGE_NEEDS = ['MEDIA_BUCKET', 'GRAPHQL_URL', 'DEAD_LETTERS_ARN', 'MODERATION_MIN_CONFIDENCE', 'AWS_REGION']
const REMOVE_IMAGE_NEEDS = ['ORIGINALS_BUCKET', 'MEDIA_BUCKET', 'DISTRIBUTION_ID', 'GRAPHQL_URL', 'AWS_REGION']
const RECORD_FAILURE_NEEDS = ['MEDIA_BUCKET', 'GRAPHQL_URL', 'FAILED_QUEUE_URL', 'AWS_REGION']

/** What a setting says that is no address. */
const SETTINGS: Record<string, string> = { MODERATION_MIN_CONFIDENCE: 'off', VARIANTS: 'webp:160' }

/** Largest bundle of each function in bytes, as deployed: what is larger starts later. */
const FUNCTIONS = {
  'sign-upload': { maxBytes: 120 * KILOBYTE, needs: ['ORIGINALS_BUCKET', 'EXPIRY_QUEUE_URL', 'AWS_REGION'] },
  'process-image': { maxBytes: 1_400 * KILOBYTE, needs: PROCESS_IMAGE_NEEDS },
  'label-image': { maxBytes: 1_300 * KILOBYTE, needs: LABEL_IMAGE_NEEDS },
  'record-failure': { maxBytes: 950 * KILOBYTE, needs: RECORD_FAILURE_NEEDS },
  'remove-image': { maxBytes: 1_300 * KILOBYTE, needs: REMOVE_IMAGE_NEEDS },
  'expire-upload': { maxBytes: 900 * KILOBYTE, needs: ['ORIGINALS_BUCKET', 'GRAPHQL_URL', 'AWS_REGION'] },
  'count-views': { maxBytes: 900 * KILOBYTE, needs: ['GRAPHQL_URL', 'AWS_REGION'] },
} satisfies Record<(typeof FUNCTION_NAMES)[number], { maxBytes: number; needs: string[] }>

let folder: string
beforeAll(async () => {
  folder = await bundleFunctions()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Loads a bundle as Lambda does, with nothing in the environment but what is given. */
async function load(name: string, environment: Record<string, string>): Promise<string> {
  // The message alone: Node itself would write the line that threw before it, which is most of the bundle.
  const code = `try { console.log(JSON.stringify(Object.keys(require('./${name}.js')))) }
    catch (error) { console.error(error.message); process.exitCode = 1 }`
  const env = { ...BARE_ENVIRONMENT, ...environment }
  return (await run(process.execPath, ['-e', code], { cwd: folder, env })).stdout.trim()
}

describe.each(Object.entries(FUNCTIONS))('%s', (name, { maxBytes, needs }) => {
  it('bundles to one small CommonJS file that exports its handler', async () => {
    expect((await stat(join(folder, `${name}.js`))).size).toBeLessThan(maxBytes)
    const environment = Object.fromEntries(needs.map((name) => [name, SETTINGS[name] ?? 'https://a.value/']))
    expect(await load(name, environment)).toBe('["handler"]')
  })

  it('names all that its environment lacks when it is loaded', async () => {
    await expect(load(name, {})).rejects.toMatchObject({
      stderr: expect.stringContaining(`missing: ${needs.join(', ')}.`),
    })
  })
})

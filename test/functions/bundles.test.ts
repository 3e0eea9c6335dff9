import { execFile } from 'node:child_process'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BARE_ENVIRONMENT, bundleFunctions, type FUNCTION_NAMES } from './bundled.ts'

const run = promisify(execFile)
const KILOBYTE = 1_000

/** Largest bundle of each function in bytes, as deployed: what is larger starts later. */
const FUNCTIONS = {
  'sign-upload': { maxBytes: 120 * KILOBYTE, needs: ['ORIGINALS_BUCKET', 'EXPIRY_QUEUE_URL', 'AWS_REGION'] },
  'process-image': { maxBytes: 1_300 * KILOBYTE, needs: ['MEDIA_BUCKET', 'GRAPHQL_URL', 'AWS_REGION'] },
  'record-failure': { maxBytes: 160 * KILOBYTE, needs: ['GRAPHQL_URL', 'FAILED_QUEUE_URL', 'AWS_REGION'] },
  'expire-upload': { maxBytes: 900 * KILOBYTE, needs: ['ORIGINALS_BUCKET', 'GRAPHQL_URL', 'AWS_REGION'] },
} satisfies Record<(typeof FUNCTION_NAMES)[number], { maxBytes: number; needs: string[] }>

let folder: string
beforeAll(async () => {
  folder = await bundleFunctions()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Loads a bundle as Lambda does, with nothing in the environment but what is given. */
async function load(name: string, environment: Record<string, string>): Promise<string> {
  const code = `const bundle = require('./${name}.js'); console.log(JSON.stringify(Object.keys(bundle)))`
  const env = { ...BARE_ENVIRONMENT, ...environment }
  return (await run(process.execPath, ['-e', code], { cwd: folder, env })).stdout.trim()
}

describe.each(Object.entries(FUNCTIONS))('%s', (name, { maxBytes, needs }) => {
  it('bundles to one small CommonJS file that exports its handler', async () => {
    expect((await stat(join(folder, `${name}.js`))).size).toBeLessThan(maxBytes)
    const environment = Object.fromEntries(needs.map((variable) => [variable, 'https://a.value/']))
    expect(await load(name, environment)).toBe('["handler"]')
  })

  it('names all that its environment lacks when it is loaded', async () => {
    await expect(load(name, {})).rejects.toMatchObject({
      stderr: expect.stringContaining(`missing: ${needs.join(', ')}.`),
    })
  })
})

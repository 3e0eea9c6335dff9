import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realtimeUrl } from './given/realtime.ts'
import { readOutputs } from './target/aws-target.ts'

const RUN = join(import.meta.dirname, 'run.ts')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the command with an environment of its own, in which nobody is signed in to AWS. */
async function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), RUN], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      ...environment,
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => void (printed += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, lines: printed.trimEnd().split('\n') }
}

describe('npm run test:contract', () => {
  it('skips AWS in one line when nobody is signed in, which is no failure', async () => {
    const { code, lines } = await run({ CONTRACT_TARGET: 'aws' })
    const skipped = /^The contract suite was skipped on AWS: no credentials/
    expect([code, lines]).toEqual([0, [expect.stringMatching(skipped)]])
  })

  it('refuses a target that it does not know, in one line', async () => {
    const { code, lines } = await run({ CONTRACT_TARGET: 'azure' })
    expect([code, lines]).toEqual([1, ['CONTRACT_TARGET must be local or aws, got "azure".']])
  })
})

describe('the addresses of a deployment', () => {
  const complete = {
    auth: { aws_region: 'r', user_pool_id: 'p', user_pool_client_id: 'c' },
    data: { aws_region: 'r', url: 'https://x.example/graphql', api_key: 'k' },
    custom: { mediaBaseUrl: 'https://m.example' },
  }
  const read = async (content: string) => {
    const path = join(folder, 'outputs.json')
    await writeFile(path, content)
    return readOutputs(path)
  }

  it('are what npm run deploy wrote', async () => {
    expect(await read(JSON.stringify(complete))).toEqual(complete)
  })

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /must be JSON/],
    ['a file without them', JSON.stringify({ auth: {} }), /must have auth\.aws_region, .*custom\.mediaBaseUrl/],
    ["a local run's", JSON.stringify({ ...complete, custom: { ...complete.custom, local: {} } }), /is of a local run/],
  ])('are not to be found in %s', async (_, content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence)
  })

  it('are missed when there is no file', async () => {
    await expect(readOutputs(join(folder, 'absent.json'))).rejects.toThrow(/can't be read: npm run deploy writes it/)
  })
})

describe('where subscriptions connect', () => {
  it.each([
    ['https://a.appsync-api.r.amazonaws.com/graphql', 'wss://a.appsync-realtime-api.r.amazonaws.com/graphql'],
    ['https://api.example.com/graphql', 'wss://api.example.com/graphql/realtime'],
    ['HTTP://127.0.0.1:4100/graphql', 'ws://127.0.0.1:4100/graphql/realtime'],
  ])('for %s is %s', (graphqlUrl, expected) => {
    expect(realtimeUrl(graphqlUrl)).toBe(expected)
  })
})

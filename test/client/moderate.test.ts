import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const execute = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const ID = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
const OWNER = '6f1f2a0e-7c55-4f6a-9d0b-0a6f2f9d1b11'

let api: Server
let folder: string
let received: { headers: IncomingHttpHeaders; variables: { input: Record<string, unknown> } }[] = []

/** The API of a Darkroom with one image of one owner. */
function answer({ id, moderationStatus }: Record<string, unknown>): object {
  if (id === ID) return { data: { recordImageLabels: { id, moderationStatus, version: 7 } } }
  return { data: null, errors: [{ errorType: 'ImageNotFound', message: 'It is not known.' }] }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moderate-'))
  api = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      const { variables } = JSON.parse(body) as (typeof received)[number]
      received.push({ headers: request.headers, variables })
      response.end(JSON.stringify(answer(variables.input)))
    })
  })
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  const outputs = { version: '1', auth: {}, data: { url: `${origin}/graphql` }, custom: { local: {} } }
  await writeFile(join(folder, 'amplify_outputs.json'), JSON.stringify(outputs))
  const variables = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token',
    AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_SQS: origin, AWS_ENDPOINT_URL_S3: origin,
  }
  await writeFile(
    join(folder, 'operator.env'), Object.entries(variables).map(([name, value]) => `${name}=${value}\n`).join(''),
  )
})
afterAll(async () => {
  api.closeAllConnections()
  api.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs `npm run moderate -- ARGS` as npm would. */
function moderate(...args: string[]) {
  received = []
  const files = ['--outputs', join(folder, 'amplify_outputs.json'), '--operator', join(folder, 'operator.env')]
  const command = ['--import', 'tsx', 'client/moderate.ts', ...files, ...args]
  return execute(process.execPath, command, { cwd: ROOT }).catch((error: { code: number; stderr: string }) => error)
}

describe('npm run moderate', () => {
  it.each([
    ['clear', 'CLEARED'],
    ['hold', 'HELD'],
  ])('has what the operator decided recorded, signed as theirs: %s', async (decision, moderationStatus) => {
    expect(await moderate(ID, OWNER, decision)).toMatchObject({
      stdout: `Image ${ID} is ${moderationStatus}, version 7.\n`, stderr: '',
    })
    expect(received).toMatchObject([{
      variables: { input: { id: ID, owner: OWNER, moderationStatus, decidedByOperator: true } },
      headers: {
        'authorization': expect.stringMatching(/^AWS4-HMAC-SHA256 .*\/eu-west-1\/appsync\//),
        'x-amz-security-token': 'token',
      },
    }])
  })

  it.each([
    [['01J9YYYYYYYYYYYYYYYYYYYYYY', OWNER, 'clear'], 'ImageNotFound: It is not known.\n'],
    [[ID, OWNER, 'show'], `Expected ID OWNER clear|hold, got "${ID} ${OWNER} show". See --help.\n`],
  ])('says in one line why not: %o', async (args, stderr) => {
    expect(await moderate(...args)).toMatchObject({ code: 1, stderr })
  })
})

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClientError } from '../../client/errors.ts'
import { heldImagesText } from '../../client/held-images-text.ts'
import { readModerateArguments } from '../../client/moderate-arguments.ts'
import type { ImagePartsFragment } from '../../generated/client.ts'

const execute = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const ID = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
const OWNER = '6f1f2a0e-7c55-4f6a-9d0b-0a6f2f9d1b11'

let api: Server
let folder: string
let received: { headers: IncomingHttpHeaders; variables: Record<string, unknown> }[] = []

/** What the API has of images that are held back, page by page. */
let pages: object[][] = []

/** The API of a Darkroom with one image of one owner, and a list of those that are held back. */
function answer({ input, nextToken }: Record<string, unknown>): object {
  if (!input) {
    const page = Number(nextToken ?? 0)
    const next = page + 1 < pages.length ? String(page + 1) : null
    return { data: { heldImages: { items: pages[page] ?? [], nextToken: next } } }
  }
  const { id, moderationStatus } = input as Record<string, unknown>
  if (id === ID) return { data: { recordImageLabels: { id, moderationStatus, version: 7 } } }
  return { data: null, errors: [{ errorType: 'ImageNotFound', message: 'It is not known.' }] }
}

/** An image as `heldImages` answers it, as far as the table shows it. */
function heldImage(members: Partial<ImagePartsFragment>): ImagePartsFragment {
  const variants = [1_920, 160, 1_080].map((width) => (
    { width, height: width / 2, format: 'webp', byteSize: width, url: `https://media.example/${width}.webp` }
  ))
  const moderationLabels = [
    { name: 'Graphic Violence', confidence: 91.4, parentName: null },
    { name: 'Gore', confidence: 90, parentName: 'Violence' },
  ]
  return {
    id: ID, owner: OWNER, moderationStatus: 'HELD', moderationLabels, fileName: 'photo.jpg', title: null, variants,
    createdAt: '2026-01-02T03:04:05.678Z', ...members,
  } as ImagePartsFragment
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moderate-'))
  api = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      const { variables } = JSON.parse(body) as (typeof received)[number]
      received.push({ headers: request.headers, variables })
      response.end(JSON.stringify(answer(variables)))
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

  it('says in one line why not', async () => {
    const answered = await moderate('01J9YYYYYYYYYYYYYYYYYYYYYY', OWNER, 'clear')
    expect(answered).toMatchObject({ code: 1, stderr: 'ImageNotFound: It is not known.\n' })
  })

  it.each([
    [[ID, OWNER, 'show'], `Expected ID OWNER clear|hold, got "${ID} ${OWNER} show". See --help.`],
    [[ID, OWNER, 'clear', 'x'], `Expected ID OWNER clear|hold, got "${ID} ${OWNER} clear x". See --help.`],
    [[], 'Expected ID OWNER clear|hold, got "". See --help.'],
    [['--list', ID], `--list must stand without an image, got "${ID}". See --help.`],
    [['--json', ID, OWNER, 'clear'], '--json must go with --list. See --help.'],
    [['--lost'], "Unknown option '--lost'. See --help."],
  ])('refuses %o', (args, message) => {
    expect(() => readModerateArguments(args)).toThrow(new ClientError(message))
  })
})

describe('npm run moderate -- --list', () => {
  it('shows what waits for an operator, page by page, signed as theirs', async () => {
    pages = [[heldImage({})], [heldImage({ title: 'Pier', moderationStatus: 'UNAVAILABLE', moderationLabels: [] })]]
    const { stdout, stderr } = (await moderate('--list')) as { stdout: string; stderr: string }
    expect(stderr).toBe('')
    for (const text of ['photo.jpg  HELD', 'Pier  UNAVAILABLE', ID, OWNER, 'Graphic Violence 91 %, Gore 90 %']) {
      expect(stdout).toContain(text)
    }
    expect(received).toMatchObject([
      { variables: { limit: 100, nextToken: null }, headers: { 'x-amz-security-token': 'token' } },
      { variables: { limit: 100, nextToken: '1' } },
    ])
  })

  it('prints JSON, and ends well when none is held', async () => {
    pages = []
    expect(await moderate('--list', '--json')).toMatchObject({ stdout: '[]\n', stderr: '' })
  })
})

describe('what is held back is shown', () => {
  it.each([
    ['with its smallest variant', {}, /look +│ https:\/\/media\.example\/160\.webp +│/],
    ['with the time of its upload', {}, /uploaded +│ 2026-01-02T03:04:05\.678Z/],
    ['though nothing was found', { moderationLabels: [] }, /found +│ none/],
    ['without what moves the cursor', { title: 'a\u001b[2Jb\n' }, /a\uFFFD\[2Jb\uFFFD {2}HELD/],
    ['without what turns the text round', { title: 'a\u202eb' }, /a\uFFFDb {2}HELD/],
  ])('%s', (_, members, text) => {
    expect(heldImagesText([heldImage(members)], { json: false })).toMatch(text)
  })

  it('as one line when there is none', () => {
    expect(heldImagesText([], { json: false })).toBe('None is held.')
  })

  it('with all that is known of it, as JSON', () => {
    expect(JSON.parse(heldImagesText([heldImage({})], { json: true }))).toEqual([heldImage({})])
  })
})

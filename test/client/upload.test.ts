import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amplifyOutputs } from '../../local/amplify-outputs.ts'
import { ask } from '../access/execute.ts'
import { givenCallers } from '../access/given-callers.ts'
import { givenCloud } from '../e2e/given-cloud.ts'
import { fixture } from '../fixtures/index.ts'
import { messageQueue } from '../local/appsync/realtime/client.ts'

const ROOT = resolve(import.meta.dirname, '../..')

let given: Awaited<ReturnType<typeof givenCloud>>
let folder: string
let outputs: string
let photo: string

beforeAll(async () => {
  given = await givenCloud()
  folder = await mkdtemp(join(tmpdir(), 'upload-'))
  outputs = join(folder, 'amplify_outputs.json')
  photo = join(folder, 'photo.jpg')
  const { assembly, endpoints, demoUser } = given.cloud
  await writeFile(outputs, JSON.stringify(amplifyOutputs(assembly, endpoints, demoUser)))
  await writeFile(photo, (await fixture('baselineJpeg')).bytes)
})
afterAll(async () => {
  await given?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Shown { id: string; status: string; title: string | null }

interface Ended { code: number | null; stdout: string; stderr: string }

/** Runs `npm run upload -- ARGS` as npm would, and collects what it prints. */
function upload(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'client/upload.ts', ...args], { cwd: ROOT })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => { stdout += chunk })
  child.stderr.on('data', (chunk) => { stderr += chunk })
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })))
}

describe('npm run upload', () => {
  it('shows what became of the picture', async () => {
    const { code, stdout, stderr } = await upload(photo, '--outputs', outputs)
    expect(stderr).toBe('')
    expect(stdout).toContain('READY')
    expect(stdout).toContain('320 x 200 px')
    expect(stdout).toMatch(/processed\/.+\/320\.webp/)
    expect(code).toBe(0)
  })

  it('prints one JSON list with --json, and fails when a picture was rejected', async () => {
    const fake = join(folder, 'fake.gif')
    await writeFile(fake, Buffer.from('GIF89a, and then nothing that belongs to one'))
    const { code, stdout } = await upload(photo, fake, '--json', '--outputs', outputs)
    const [good, bad] = JSON.parse(stdout) as { file: string; status: string; failure: { code: string } | null }[]
    expect(good).toMatchObject({ file: photo, status: 'READY', failure: null })
    expect(bad).toMatchObject({ file: fake, status: 'REJECTED', failure: { code: 'CORRUPT_IMAGE' } })
    expect(code).toBe(1)
  })

  it("tells the API's own sentence for a file that can't be a picture", async () => {
    const text = join(folder, 'notes.txt')
    await writeFile(text, 'Milk, bread, film')
    const { code, stdout } = await upload(text, '--outputs', outputs)
    expect(stdout).toContain('UnsupportedContentType: contentType must be one of')
    expect(code).toBe(1)
  })

  it('explains itself with --help', async () => {
    const { code, stdout } = await upload('--help')
    expect(stdout).toContain('npm run upload -- FILE...')
    expect(code).toBe(0)
  })
})

describe('npm run watch', () => {
  it('shows updates and deletions as they come', async () => {
    const { callers } = await givenCallers(given.cloud, (work) => work())
    const asOwner = async (text: string) => (await ask(given.cloud, callers.owner, text)).body.data
    const { images } = (await asOwner('{ images { items { id } } }')) as { images: { items: { id: string }[] } }
    const { id } = images.items[0]!

    const args = ['--import', 'tsx', 'client/watch.ts', '--json', '--outputs', outputs]
    const watch = spawn(process.execPath, args, { cwd: ROOT })
    const ended = new Promise((done) => watch.on('close', done))
    const shown = messageQueue<Shown>()
    createInterface(watch.stdout).on('line', (line) => shown.push(JSON.parse(line) as Shown))
    await new Promise<void>((stands) => {
      createInterface(watch.stderr).on('line', (line) => line.startsWith('Watching') && stands())
    })
    await asOwner(`mutation { updateImage(input: { id: "${id}", title: "Dawn" }) { id } }`)
    await asOwner(`mutation { deleteImage(id: "${id}") { id } }`)
    const titled: string[] = []
    while (titled.length < 2) {
      // What was uploaded a moment ago is shown too, and has none.
      const { id: shownId, status, title } = await shown.next()
      if (title === 'Dawn') titled.push(`${shownId} ${status}`)
    }
    expect(titled).toEqual([`${id} READY`, `${id} DELETED`])
    watch.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe.concurrent('npm run upload says in one line, without a stack trace, and with exit code 1', () => {
  it.each([
    ['that no file was named', () => [], 'Which file?'],
    ['that there is no such file', () => ['nowhere.jpg', '--outputs', outputs], 'Could not read nowhere.jpg: there is no such file.'],
    ['that a folder is no file', () => [folder, '--outputs', outputs], 'must be a file'],
    ['that the password is wrong', () => [photo, '--outputs', outputs, '--password', 'wrong'], 'Incorrect username or password.'],
    ['that a flag is unknown', () => [photo, '--colour'], "Unknown option '--colour'"],
    ['that the timeout makes no sense', () => [photo, '--timeout', 'soon', '--outputs', outputs], '--timeout must be a number of seconds above 0, got "soon".'],
    ['that Darkroom was never started', () => [photo, '--outputs', join(folder, 'none.json')], 'Run `npm start`'],
  ])('%s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await upload(...args())
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  it('that nobody answers', async () => {
    const silent = join(folder, 'silent')
    await mkdir(silent)
    const file = join(silent, 'amplify_outputs.json')
    const { assembly, demoUser } = given.cloud
    const nobody = 'http://127.0.0.1:9'
    const endpoints = { appsync: nobody, s3: nobody, cloudfront: nobody, aws: nobody, explorer: nobody }
    await writeFile(file, JSON.stringify(amplifyOutputs(assembly, endpoints, demoUser)))
    const { code, stderr } = await upload(photo, '--outputs', file)
    expect(stderr).toContain('Is Darkroom running?')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(1)
  })
})

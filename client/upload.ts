import { parseArgs } from 'node:util'
import { MultiBar, Presets } from 'cli-progress'
import type { ImagePartsFragment } from '../generated/client.ts'
import type { Darkroom } from './darkroom.ts'
import { ClientError, runCommand } from './errors.ts'
import { imageTable } from './image-table.ts'
import { syncImages } from './image-sync.ts'
import { isUnfinished } from './is-unfinished.ts'
import { readOriginal, type Original } from './original.ts'
import { readOutputs, readUser } from './outputs.ts'
import { putOriginal } from './put-original.ts'
import { sinceJustNow } from './since-just-now.ts'

const HELP = `npm run upload -- FILE... [options]

Uploads pictures, waits until each is developed, and shows what became of it. A picture that is there already is shown
as it is.

  --json              print the images as JSON instead of tables
  --title TEXT        a title for the pictures
  --timeout SECONDS   longest wait for a picture to be developed (default 120)
  --username NAME     who signs in (default: DARKROOM_USERNAME, else the local run's demo user)
  --password WORD     their password (default: DARKROOM_PASSWORD, else the demo user's)
  --outputs FILE      where to find Darkroom (default amplify_outputs.json)
  --help              this text

Exit code 0 when every picture is READY, else 1.`

/** How many files travel at a time. */
const CONCURRENT_UPLOADS = 4

/** What became of one file: an image that ended, or why there is none. */
interface Result {
  file: string
  image?: ImagePartsFragment
  error?: string
}

/** Follows the progress of one file. */
interface Progress {
  start(original: Original): { sent(bytes: number): void; says(what: string): void }
  stop(): void
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (positionals.length === 0) throw new ClientError('Which file? Usage: npm run upload -- FILE... (or --help)')
  const timeoutMs = Number(values.timeout) * 1000
  if (!(timeoutMs > 0)) throw new ClientError(`--timeout must be a number of seconds above 0, got "${values.timeout}".`)

  const originals: Original[] = []
  for (const path of positionals) originals.push(await readOriginal(path))
  const outputs = await readOutputs(values.outputs)
  const { username, password } = readUser(outputs, values)
  // Only now: Amplify takes longer to load than everything that can be wrong with the arguments.
  const { signInTo } = await import('./darkroom.ts')
  const darkroom = await signInTo(outputs, username, password)
  const progress = values.json || !process.stderr.isTTY ? quiet : bars()
  const results = await uploadAll(darkroom, originals, { title: values.title, timeoutMs, progress })
  progress.stop()
  await darkroom.close()

  if (values.json) console.log(JSON.stringify(results.map(({ file, image, error }) => ({ file, ...image, error })), null, 2))
  else for (const { file, image, error } of results) console.log(image ? imageTable(file, image) : `${file}: ${error}`)
  return results.every(({ image }) => image?.status === 'READY') ? 0 : 1
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        title: { type: 'string' },
        timeout: { type: 'string', default: '120' },
        username: { type: 'string' },
        password: { type: 'string' },
        outputs: { type: 'string', default: 'amplify_outputs.json' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new ClientError(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}

async function uploadAll(
  darkroom: Darkroom,
  originals: Original[],
  options: { title?: string; timeoutMs: number; progress: Progress },
): Promise<Result[]> {
  const ended = new Map<string, ImagePartsFragment>()
  const waiting = new Map<string, (image: ImagePartsFragment) => void>()
  const sync = syncImages(darkroom.images, {
    from: sinceJustNow(),
    onChange(image) {
      if (isUnfinished(image)) return
      ended.set(image.id, image)
      waiting.get(image.id)?.(image)
    },
  })

  async function upload(original: Original): Promise<Result> {
    const bar = options.progress.start(original)
    try {
      const { fileName, contentType, byteSize, sha256 } = original
      const input = { fileName, contentType, byteSize, sha256, title: options.title }
      const ticket = await darkroom.requestUpload(input)
      if (!ticket.upload) {
        bar.says('there already, nothing to upload')
        return { file: original.path, image: ticket.image }
      }
      await putOriginal(ticket.upload, original, bar.sent)
      bar.says('developing')
      const image = await outcome(ticket.image.id)
      bar.says(image.status)
      return { file: original.path, image }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      bar.says('failed')
      return { file: original.path, error: error.message }
    }
  }

  /** The image once it has ended; asks for it before giving up. */
  function outcome(id: string): Promise<ImagePartsFragment> {
    return new Promise((resolve, reject) => {
      const early = ended.get(id)
      if (early) return resolve(early)
      const timer = setTimeout(() => void askOnce().then(resolve, reject), options.timeoutMs)
      waiting.set(id, (image) => {
        clearTimeout(timer)
        resolve(image)
      })
    })
    async function askOnce(): Promise<ImagePartsFragment> {
      const image = await darkroom.image(id)
      if (image && !isUnfinished(image)) return image
      throw new ClientError(
        `still ${image?.status ?? 'unknown'} after ${options.timeoutMs / 1000} s. Ask later for image(id: "${id}").`,
      )
    }
  }

  const results: Result[] = []
  const queue = originals.entries()
  async function work(): Promise<void> {
    for (const [index, original] of queue) results[index] = await upload(original)
  }
  await Promise.all(Array.from({ length: CONCURRENT_UPLOADS }, work))
  sync.stop()
  return results
}

const quiet: Progress = { start: () => ({ sent: () => {}, says: () => {} }), stop: () => {} }

function bars(): Progress {
  const format = ' {bar} {percentage}% | {file} | {says}'
  const multi = new MultiBar({ format, clearOnComplete: false, hideCursor: true, stream: process.stderr }, Presets.rect)
  return {
    start(original) {
      const bar = multi.create(original.byteSize, 0, { file: original.fileName, says: 'uploading' })
      return { sent: (bytes) => bar.update(bytes), says: (says) => bar.update({ says }) }
    },
    stop: () => multi.stop(),
  }
}

await runCommand(main)

import { spawn } from 'node:child_process'
import { cp, mkdtemp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findLayerFaults } from './sharp-files.ts'

/** Where the layer's package.json and its lock are. */
export const SHARP_LAYER_SOURCE = join(dirname(fileURLToPath(import.meta.url)), 'sharp')

/** How long one download may take, in milliseconds. */
const FETCH_TIMEOUT_MS = 60_000

/** What npm is told: the function's processor, not this machine's, and no second try where there is no network. */
const NPM_ARGUMENTS = [
  'ci', '--cpu=arm64', '--os=linux', '--libc=glibc', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund',
  '--omit-lockfile-registry-resolved', '--fetch-retries=0', `--fetch-timeout=${FETCH_TIMEOUT_MS}`,
  '--loglevel=error',
]

/**
 * What no function reads at run time: C++ sources, headers, build files, types, npm's own notes, libheif in other
 * shapes. Licences stay.
 */
const NOT_DEPLOYED =
  /\.(cc|h|gyp|d\.[cm]?ts)$|(^|\/)(\.package-lock\.json|\.bin|install|include|libheif-js\/libheif|libheif-bundle\.m?js)$/

/** The layer could not be installed; the message is one line. */
export class LayerError extends Error {
  override readonly name = 'LayerError'
}

/** The folder that becomes the layer's asset, there or not. */
export function layerFolder(source: string = SHARP_LAYER_SOURCE): string {
  return join(source, '.layer')
}

/** Whether the layer is installed, for arm64, from today's lock. */
export async function isLayerInstalled(source: string = SHARP_LAYER_SOURCE): Promise<boolean> {
  const [wanted, installed] = await Promise.all([
    readFile(join(source, 'package-lock.json')),
    readFile(join(layerFolder(source), 'nodejs', 'package-lock.json')).catch(() => undefined),
  ])
  if (!installed?.equals(wanted)) return false
  return (await findLayerFaults(layerFolder(source))).length === 0
}

/**
 * Installs sharp for arm64 where it is not there yet, in a folder beside that takes the old one's place when complete.
 * @returns whether anything had to be done
 * @throws LayerError when npm can't
 */
export async function installLayer(
  source: string = SHARP_LAYER_SOURCE,
  npmArguments: string[] = NPM_ARGUMENTS,
): Promise<boolean> {
  if (await isLayerInstalled(source)) return false
  const folder = await mkdtemp(join(source, '.layer-'))
  try {
    const nodejs = join(folder, 'nodejs')
    await mkdir(nodejs)
    for (const file of ['package.json', 'package-lock.json']) await cp(join(source, file), join(nodejs, file))
    await runNpm(nodejs, npmArguments)
    await prune(join(nodejs, 'node_modules'))
    const faults = await findLayerFaults(folder)
    if (faults.length > 0) throw new LayerError(`The sharp layer is not complete: ${faults.join('; ')}.`)
    await rm(layerFolder(source), { recursive: true, force: true })
    await rename(folder, layerFolder(source))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return true
}

/** Runs the npm that runs this, or the one on the path. */
async function runNpm(cwd: string, npmArguments: string[]): Promise<void> {
  const self = process.env['npm_execpath']
  const [command, first] = self ? [process.execPath, [self]] : ['npm', []]
  const child = spawn(command, [...first, ...npmArguments], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString() })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).catch((error: unknown) => {
    throw new LayerError(`The sharp layer could not be installed: npm did not start (${String(error)}).`)
  })
  if (code === 0) return
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? `npm ended with ${code}`
  throw new LayerError(`The sharp layer could not be installed: ${reason}.`)
}

async function prune(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (NOT_DEPLOYED.test(path)) await rm(path, { recursive: true })
    else if (entry.isDirectory()) await prune(path)
  }
  await rm(join(folder, 'sharp', 'src'), { recursive: true, force: true })
}

/** `tsx infra/layers/install.ts [--if-online]`: with `--if-online`, a machine without network is no failure. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'if-online': { type: 'boolean', default: false } } })
  try {
    if (await installLayer()) console.log('Installed the sharp layer for arm64.')
  } catch (error) {
    if (!(error instanceof LayerError)) throw error
    if (values['if-online']) {
      console.log(`${error.message} Only a deploy needs it; npm run synth tries again.`)
      return
    }
    console.error(error.message)
    process.exitCode = 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()

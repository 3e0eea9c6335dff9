import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import type { Size } from '../../functions/lib/raster.ts'
import type { Developed } from './contender.ts'
import type { Plan } from './plan.ts'
import type { Tool } from './tools.ts'
import type { WorkerAnswer } from './worker.ts'

const run = promisify(execFile)

/** GNU time, which tells what a process and all that it waited for have used: seconds, seconds, seconds, KiB. */
const GNU_TIME = '/usr/bin/time'
const TIME_FORMAT = '%e %U %S %M'

const MS_PER_S = 1_000
const BYTES_PER_KIB = 1_024

/** First line of what the tool says of its version; undefined when it, or GNU time, is not installed. */
export async function versionOf(tool: Tool): Promise<string | undefined> {
  const [command = '', ...args] = tool.version
  try {
    await run(GNU_TIME, ['--version'])
    const { stdout } = await run(command, args)
    return stdout.split('\n')[0]
  } catch {
    return undefined
  }
}

/** Runs the tool on a photograph: the whole process, start included, to files in memory where the system has such. */
export async function runTool(tool: Tool, path: string, plan: Plan, wantOutputs: boolean): Promise<WorkerAnswer> {
  const out = await mkdtemp(join(await scratch(), 'darkroom-bench-'))
  try {
    const figures = join(out, 'time')
    await run(GNU_TIME, ['-f', TIME_FORMAT, '-o', figures, 'sh', '-c', tool.command(path, plan, out)])
    const numbers = (await readFile(figures, 'utf8')).trim().split(' ').map(Number)
    const [elapsed = 0, user = 0, system = 0, rssKib = 0] = numbers
    const answer: WorkerAnswer = {
      wallMs: elapsed * MS_PER_S,
      cpuMs: (user + system) * MS_PER_S,
      peakRssBytes: rssKib * BYTES_PER_KIB,
    }
    return wantOutputs ? { ...answer, developed: await outputsIn(out, plan) } : answer
  } finally {
    await rm(out, { recursive: true })
  }
}

async function outputsIn(out: string, plan: Plan): Promise<Developed> {
  const read = async (size: Size, format: string) => ({
    longEdge: longEdgeOf(size),
    bytes: await readFile(join(out, `${longEdgeOf(size)}.${format}`)),
  })
  return {
    webp: await Promise.all(plan.webp.map((size) => read(size, 'webp'))),
    jpeg: await read(plan.jpeg, 'jpeg'),
  }
}

/** Files that never touch a disk. Source: Linux, tmpfs(5). */
const IN_MEMORY = '/dev/shm'

async function scratch(): Promise<string> {
  return readFile(join(IN_MEMORY, '.')).then(() => IN_MEMORY, (error: NodeJS.ErrnoException) =>
    error.code === 'EISDIR' ? IN_MEMORY : tmpdir())
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { ROOT } from '../../infra/synth.ts'
import { readOutputs, type Outputs } from '../../client/outputs.ts'
import { INSPECT_FLAG, inspectorUrl, KeptMemory } from './kept-memory.ts'

/** The local run in a process of its own, so that what it takes can be told from what its clients take. */
export interface CloudProcess {
  pid: number
  /** What clients configure themselves from. */
  outputs: Outputs
  /** What it keeps in memory. */
  kept: KeptMemory
  /** Variables by which AWS's own tools reach it as its operator. */
  operator: Record<string, string>
  /** Ends it, and removes everything that it kept. */
  stop(): Promise<void>
}

/** @throws Error with what it printed when it ends before it is ready */
export async function startCloudProcess(assemblyDir: string): Promise<CloudProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-burst-'))
  const dataDir = join(folder, 'data')
  const start = join(ROOT, 'local', 'start.ts')
  const flags = ['--port', '0', '--data', dataDir, '--assembly', assemblyDir]
  const child = spawn(process.execPath, [INSPECT_FLAG, '--import', import.meta.resolve('tsx'), start, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lookedInto = inspectorUrl(child.stderr.pipe(new PassThrough()))
  lookedInto.catch(() => undefined)
  const said = text(child.stderr.pipe(new PassThrough()))
  const exited = once(child, 'exit')
  const clear = (): void => rmSync(folder, { recursive: true, force: true })
  // It prints nothing before it is ready.
  const ready = await Promise.race([once(child.stdout, 'data'), exited.then(() => undefined)])
  if (!ready || child.pid === undefined) {
    clear()
    throw new Error(`The local run did not start: ${await said}`)
  }
  child.stdout.resume()
  const kept = await KeptMemory.of(await lookedInto)
  return {
    pid: child.pid,
    kept,
    outputs: await readOutputs(join(folder, 'amplify_outputs.json')),
    operator: readVariables(join(dataDir, 'operator.env')),
    async stop() {
      kept.close()
      child.kill('SIGTERM')
      await exited
      clear()
    },
  }
}

function readVariables(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

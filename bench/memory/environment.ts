import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Photo } from '../photos.ts'
import { createCpuShare } from './cpu-share.ts'
import { originalId, OWNER } from './stand-ins.ts'

/** Memory that comes with one vCPU, in MiB. Source: Lambda developer guide, "Configure Lambda function memory". */
export const VCPU_MEMORY_MIB = 1_769

/** Share of the memory that V8's old generation may take. Source: local/lambda/limits.ts. */
const HEAP_SHARE = 0.9

/** Invokes the bundle that it is given by name with each event that it is sent, and tells what that took. */
const RUNTIME = `const { handler } = require(process.argv[2])
process.on('message', async (event) => {
  const cpuBefore = process.cpuUsage()
  const before = performance.now()
  const { batchItemFailures } = await handler(event, { awsRequestId: 'bench', functionName: 'process-image' })
  const ms = performance.now() - before
  const { user, system } = process.cpuUsage(cpuBefore)
  const peakRssKib = process.resourceUsage().maxRSS
  process.send({ ms, cpuMs: (user + system) / 1000, peakRssKib, failures: batchItemFailures.length })
})
process.on('disconnect', () => process.exit())
`
const RUNTIME_FILE = 'runtime.cjs'

/** Once, before the first environment: a process that reads it while it is written would end at once. */
export function writeRuntime(folder: string): void {
  writeFileSync(join(folder, RUNTIME_FILE), RUNTIME)
}

/** What an error tells of the function's log. */
const LOG_TAIL_CHARACTERS = 2_000

export interface Invocation {
  ms: number
  /** User and system time of all threads. */
  cpuMs: number
  /** Most memory that the process has held so far. */
  peakRssKib: number
  failures: number
}

/** An execution environment of one memory size: the bundle in a process that gets that size's share of a processor. */
export interface Environment {
  /** @param number of the photograph among the originals */
  invoke(number: number, photo: Photo): Promise<Invocation>
  throttled(): number
  stop(): Promise<void>
}

export interface EnvironmentOptions {
  memoryMib: number
  /** The bundle's file. */
  file: string
  /** Where the runtime was written. */
  folder: string
  variables: Record<string, string>
  bucket: string
}

/** @throws NoCpuShares */
export function startEnvironment(options: EnvironmentOptions): Environment {
  const { memoryMib, file, folder, variables, bucket } = options
  const share = createCpuShare(String(memoryMib), memoryMib / VCPU_MEMORY_MIB)
  const child = fork(join(folder, RUNTIME_FILE), [file], {
    execArgv: [`--max-old-space-size=${Math.floor(memoryMib * HEAP_SHARE)}`],
    env: variables,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  share.add(child.pid!)
  const exited = once(child, 'exit')
  let log = ''
  child.stdout!.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-LOG_TAIL_CHARACTERS)))
  return {
    async invoke(number, photo) {
      const invocation = await answerOf(child, eventOf(number, photo, bucket))
      if (invocation.failures > 0) throw new Error(`expected ${photo.name} to be developed, got a failure: ${log}`)
      return invocation
    },
    throttled: share.throttled,
    async stop() {
      if (child.connected) child.disconnect()
      await exited
      share.remove()
    },
  }
}

/** @throws Error when the process ends instead of answering */
async function answerOf(child: ChildProcess, event: unknown): Promise<Invocation> {
  if (!child.connected) throw new Error(`the function's process ended with code ${String(child.exitCode)}`)
  const controller = new AbortController()
  const { signal } = controller
  try {
    const answered = once(child, 'message', { signal })
    const ended = once(child, 'exit', { signal }).then(([code]: unknown[]) => {
      throw new Error(`the function's process ended with code ${String(code)}`)
    })
    child.send(event as Record<string, unknown>)
    const [invocation] = (await Promise.race([answered, ended])) as [Invocation]
    return invocation
  } finally {
    controller.abort()
  }
}

function eventOf(number: number, { byteSize }: Photo, bucket: string): unknown {
  const object = { key: `originals/${OWNER}/${originalId(number)}`, size: byteSize, versionId: 'v1' }
  const arrival = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object } }
  return { Records: [{ messageId: `message-${number}`, body: JSON.stringify({ Records: [arrival] }) }] }
}

import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { EXTERNAL } from '../../infra/bundle/functions.ts'
import { MALLOC_ENVIRONMENT } from '../../infra/malloc.ts'
import { ROOT } from '../../infra/synth.ts'
import { NODE_CONTENDERS, type NodeContender } from './contender.ts'
import type { WorkerAnswer, WorkerRequest } from './worker.ts'

/** A contender in a process of its own, warm between photographs as a Lambda environment is. */
export interface NodeProcess {
  ask(request: WorkerRequest): Promise<WorkerAnswer>
  stop(): Promise<void>
}

/** Bundles each contender as the functions are: a loader of TypeScript would take more memory than the work. */
export async function buildWorkers(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await Promise.all(NODE_CONTENDERS.map((name) => build({
    stdin: {
      contents: [
        `import { prepare } from './${name}.ts'`,
        `import { serveRequests } from './worker.ts'`,
        'serveRequests(prepare)',
      ].join('\n'),
      resolveDir: import.meta.dirname,
    },
    outfile: workerFile(folder, name),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    logLevel: 'silent',
  })))
}

function workerFile(folder: string, name: NodeContender): string {
  return join(folder, `${name}.js`)
}

/** @param folder where `buildWorkers` put them */
export function startNodeProcess(folder: string, name: NodeContender): NodeProcess {
  const child = fork(workerFile(folder, name), [], {
    execArgv: [],
    serialization: 'advanced',
    env: { ...process.env, ...MALLOC_ENVIRONMENT },
  })
  return {
    ask: (request) => answerOf(child, name, request),
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

/** @throws Error when the process ends without an answer */
async function answerOf(child: ChildProcess, name: string, request: WorkerRequest): Promise<WorkerAnswer> {
  const controller = new AbortController()
  const { signal } = controller
  try {
    const answered = once(child, 'message', { signal })
    const ended = once(child, 'exit', { signal }).then(([code]: unknown[]) => {
      throw new Error(`the process of ${name} ended with code ${String(code)} at ${request.path}`)
    })
    child.send(request)
    const [answer] = (await Promise.race([answered, ended])) as [WorkerAnswer]
    return answer
  } finally {
    controller.abort()
  }
}

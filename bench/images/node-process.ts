import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { NodeContender } from './contender.ts'
import type { WorkerAnswer, WorkerRequest } from './worker.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** As the Lambda function has it. Source: infra/processing.ts. */
const MALLOC_ARENA_MAX = '2'

/** A contender in a process of its own, warm between photographs as a Lambda environment is. */
export interface NodeProcess {
  ask(request: WorkerRequest): Promise<WorkerAnswer>
  stop(): Promise<void>
}

export function startNodeProcess(name: NodeContender): NodeProcess {
  const child = fork(WORKER, [name], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    env: { ...process.env, MALLOC_ARENA_MAX },
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

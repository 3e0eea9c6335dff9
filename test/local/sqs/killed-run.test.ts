import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createSqs } from '../../../local/sqs/sqs.ts'
import { OPERATOR, arnOf, givenContext, queueResource } from './given.ts'

const SCRIPT = fileURLToPath(new URL('killed-run.ts', import.meta.url))

it('keeps an accepted message when the process is killed, and shows it at once at the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-'))
  const run = fork(SCRIPT, [folder], { execArgv: ['--import', 'tsx'] })
  expect(await once(run, 'exit')).toEqual([null, 'SIGKILL'])
  const sqs = createSqs(givenContext(folder).context)
  sqs.deploy([queueResource('jobs')])
  const [received] = await sqs.receive(arnOf('jobs'), { maxMessages: 1 }, OPERATOR)
  expect(received?.message).toMatchObject({ body: 'kept', receiveCount: 2 })
  sqs.stop()
  rmSync(folder, { recursive: true })
})

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('abandoned-run.ts', import.meta.url))

it('ends the environments of a run that is killed, also one that never yields', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const run = fork(SCRIPT, [String((server.address() as AddressInfo).port)], { execArgv: ['--import', 'tsx'] })
  const [[folder], [connection]] = (await Promise.all([once(run, 'message'), once(server, 'connection')])) as [
    [string], [Socket],
  ]
  connection.resume().on('error', () => undefined)
  const environmentGone = once(connection, 'close')
  run.kill('SIGKILL')
  await environmentGone
  expect(connection.destroyed).toBe(true)
  server.close()
  rmSync(folder, { recursive: true })
})

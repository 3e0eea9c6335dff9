import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { systemClock } from '../../../local/clock.ts'
import { listen, PortTaken } from '../../../local/listeners.ts'
import { PORT_OFFSETS } from '../../../local/ports.ts'
import { HandClock } from '../sqs/hand-clock.ts'

it('gives every endpoint a port of its own, and answers 503 until a service is attached', async () => {
  const listeners = await listen(0, systemClock)
  try {
    const urls = Object.values(listeners.endpoints)
    expect(new Set(urls).size).toBe(Object.keys(PORT_OFFSETS).length)
    expect((await fetch(listeners.endpoints.s3)).status).toBe(503)
    listeners.attach('s3', (_request, response) => void response.end('here'))
    expect(await (await fetch(listeners.endpoints.s3)).text()).toBe('here')
  } finally {
    await listeners.close()
  }
})

it('dates every answer by the clock of the run, its own and those of services', async () => {
  const clock = new HandClock(Date.UTC(2031, 4, 6))
  const listeners = await listen(0, clock)
  try {
    const date = async () => (await fetch(listeners.endpoints.aws)).headers.get('date')
    expect(await date()).toBe('Tue, 06 May 2031 00:00:00 GMT')
    listeners.attach('aws', (_request, response) => void response.writeHead(200, { 'x-of': 'service' }).end())
    clock.advance(3_600_000)
    expect(await date()).toBe('Tue, 06 May 2031 01:00:00 GMT')
  } finally {
    await listeners.close()
  }
})

it('names the port that is taken, and lets go of those it had', async () => {
  const others = createServer().listen(0, '127.0.0.1')
  await once(others, 'listening')
  const { port } = others.address() as AddressInfo
  const basePort = port - PORT_OFFSETS.s3
  const error = await listen(basePort, systemClock).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PortTaken)
  // A neighbouring port may be taken as well; the one in the message is one of ours.
  expect((error as PortTaken).port).toBeGreaterThanOrEqual(basePort)
  others.close()
})

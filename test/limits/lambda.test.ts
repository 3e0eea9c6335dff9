import { afterEach, describe, expect, it } from 'vitest'
import type { Assembly } from '../../local/aws/resource.ts'
import { readEventSource } from '../../local/lambda/event-source-definition.ts'
import { readFunction } from '../../local/lambda/function-definition.ts'
import { logTail } from '../../local/lambda/function-log.ts'
import * as limits from '../../local/lambda/limits.ts'
import { functionResource, givenLambda, mappingResource, type GivenLambda } from '../local/lambda/given.ts'
import { arnOf, OPERATOR, queueResource } from '../local/sqs/given.ts'

let given: GivenLambda | undefined
afterEach(async () => {
  await given?.stop()
  given = undefined
})

const ASSEMBLY: Assembly = {
  region: 'r', accountId: 'a', stackName: 's', resources: [], outputs: {}, assetPath: (key) => key,
}
const refused = expect.objectContaining({ name: 'InvalidParameterValueException' }) as Error

describe('a function of the template takes, and refuses one beyond:', () => {
  const environment = (bytes: number) => ({ Environment: { Variables: { A: 'x'.repeat(bytes - 1) } } })
  const layers = (Length: number) => ({ Layers: Array.from({ length: Length }, (_, index) => `arn:${index}`) })
  it.each<[string, object, object]>([
    ['MAX_TIMEOUT_SECONDS', { Timeout: limits.MAX_TIMEOUT_SECONDS }, { Timeout: limits.MAX_TIMEOUT_SECONDS + 1 }],
    ['MIN_MEMORY_MB', { MemorySize: limits.MIN_MEMORY_MB }, { MemorySize: limits.MIN_MEMORY_MB - 1 }],
    ['MAX_MEMORY_MB', { MemorySize: limits.MAX_MEMORY_MB }, { MemorySize: limits.MAX_MEMORY_MB + 1 }],
    ['MAX_ENVIRONMENT_BYTES', environment(limits.MAX_ENVIRONMENT_BYTES), environment(limits.MAX_ENVIRONMENT_BYTES + 1)],
    ['MAX_LAYERS', layers(limits.MAX_LAYERS), layers(limits.MAX_LAYERS + 1)],
  ])('%s', (_name, last, beyond) => {
    expect(() => readFunction(functionResource('worker', { ...last }), ASSEMBLY)).not.toThrow()
    expect(() => readFunction(functionResource('worker', { ...beyond }), ASSEMBLY)).toThrow(refused)
  })

  it('has DEFAULT_TIMEOUT_SECONDS and DEFAULT_MEMORY_MB when it names none', () => {
    const read = readFunction(functionResource('worker', { Timeout: undefined, MemorySize: undefined }), ASSEMBLY)
    expect(read).toMatchObject({
      timeoutSeconds: limits.DEFAULT_TIMEOUT_SECONDS, memoryMb: limits.DEFAULT_MEMORY_MB,
    })
  })
})

describe('an event source mapping takes, and refuses one beyond:', () => {
  const window = { MaximumBatchingWindowInSeconds: 1 }
  const scaling = (MaximumConcurrency: number) => ({ ScalingConfig: { MaximumConcurrency } })
  it.each<[string, object, object]>([
    ['MAX_BATCH_SIZE_WITHOUT_WINDOW', { BatchSize: limits.MAX_BATCH_SIZE_WITHOUT_WINDOW },
      { BatchSize: limits.MAX_BATCH_SIZE_WITHOUT_WINDOW + 1 }],
    ['MAX_BATCH_SIZE', { ...window, BatchSize: limits.MAX_BATCH_SIZE },
      { ...window, BatchSize: limits.MAX_BATCH_SIZE + 1 }],
    ['MAX_BATCHING_WINDOW_SECONDS', { MaximumBatchingWindowInSeconds: limits.MAX_BATCHING_WINDOW_SECONDS },
      { MaximumBatchingWindowInSeconds: limits.MAX_BATCHING_WINDOW_SECONDS + 1 }],
    ['MIN_MAXIMUM_CONCURRENCY', scaling(limits.MIN_MAXIMUM_CONCURRENCY), scaling(limits.MIN_MAXIMUM_CONCURRENCY - 1)],
    ['MAX_MAXIMUM_CONCURRENCY', scaling(limits.MAX_MAXIMUM_CONCURRENCY), scaling(limits.MAX_MAXIMUM_CONCURRENCY + 1)],
  ])('%s', (_name, last, beyond) => {
    expect(() => readEventSource(mappingResource('worker', 'jobs', { ...last }))).not.toThrow()
    expect(() => readEventSource(mappingResource('worker', 'jobs', { ...beyond }))).toThrow(refused)
  })

  it('has DEFAULT_BATCH_SIZE when it names none', () => {
    expect(readEventSource(mappingResource('worker', 'jobs'))).toMatchObject({ batchSize: limits.DEFAULT_BATCH_SIZE })
  })
})

it('a caller is given LOG_TAIL_BYTES of the log and no more', () => {
  const line = (bytes: number) => 'x'.repeat(bytes - '\n'.length)
  expect(logTail(['first', line(limits.LOG_TAIL_BYTES)])).toHaveLength(limits.LOG_TAIL_BYTES)
  expect(logTail([line(limits.LOG_TAIL_BYTES + 1)])).toBe('')
})

const worker = (handler: string) => ({ worker: { 'index.js': `exports.handler = ${handler}` } })

it('an environment outlives what is less than IDLE_MS, and ends then', async () => {
  given = givenLambda([functionResource('worker')], worker('async () => process.pid'))
  const { payload: pid } = await given.invoke('worker')
  given.clock.advance(limits.IDLE_MS - 1)
  expect((await given.invoke('worker')).payload).toBe(pid)
  given.clock.advance(limits.IDLE_MS)
  expect((await given.invoke('worker')).payload).not.toBe(pid)
})

it('a heap may grow to HEAP_SHARE of the memory', async () => {
  const handler = 'async () => require("node:v8").getHeapStatistics().heap_size_limit'
  given = givenLambda([functionResource('worker', { MemorySize: 512 })], worker(handler))
  const bytes = (await given.invoke('worker')).payload as number
  const oldGeneration = 512 * limits.HEAP_SHARE * 1024 * 1024
  expect(bytes).toBeGreaterThanOrEqual(Math.floor(oldGeneration / 1e6) * 1e6)
  expect(bytes).toBeLessThan(oldGeneration * 1.3)
})

it('code before the handler has INIT_TIMEOUT_MS, and not a millisecond more', async () => {
  given = givenLambda([functionResource('worker')], { worker: { 'index.js': "console.log('loading')\nfor (;;);" } })
  const invocation = given.invoke('worker')
  await given.logged('loading')
  given.clock.advance(limits.INIT_TIMEOUT_MS - 1)
  expect(given.lines.filter((line) => line.includes('loading'))).toHaveLength(1)
  given.clock.advance(1)
  await given.logged('loading', 2)
  await given.lambda.stop(0)
  await invocation
})

it('what runs may go on for DRAIN_MS once the run stops', async () => {
  const handler = "async () => { console.log('at work'); await new Promise(() => setTimeout(() => {}, 1e6)) }"
  given = givenLambda([functionResource('worker')], worker(handler))
  const invocation = given.invoke('worker')
  await given.logged('at work')
  let isOver = false
  const stopped = given.lambda.stop().then(() => (isOver = true))
  given.clock.advance(limits.DRAIN_MS - 1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
  given.clock.advance(1)
  await stopped
  expect(await invocation).toMatchObject({ functionError: 'Unhandled' })
})

describe('a poll', () => {
  const queue = queueResource('jobs')
  const send = () => given!.sqs.send(arnOf('jobs'), { body: '{}' }, OPERATOR)

  it('that failed is repeated after POLL_RETRY_MS', async () => {
    given = givenLambda([queue, functionResource('worker'), mappingResource('worker', 'jobs')], worker('async () => 1'))
    given.lambda.start()
    given.denied.add('sqs:DeleteMessage')
    send()
    await given.logged('poll failed')
    given.denied.clear()
    given.denied.add('sqs:ReceiveMessage')
    const asked = () => given!.asked.filter(({ action }) => action === 'sqs:ReceiveMessage').length
    const before = asked()
    given.clock.advance(limits.POLL_RETRY_MS - 1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked()).toBe(before)
    given.clock.advance(1)
    await given.logged('poll failed', 2)
    expect(asked()).toBe(before + 1)
  })

  it('waits POLL_SECONDS for a message, then begins anew', async () => {
    const mapping = mappingResource('worker', 'jobs', { ScalingConfig: { MaximumConcurrency: 2 } })
    given = givenLambda([queue, functionResource('worker'), mapping], worker('async () => 1'))
    given.lambda.start()
    const asked = () => given!.asked.filter(({ action }) => action === 'sqs:ReceiveMessage').length
    await new Promise((resolve) => setImmediate(resolve))
    const before = asked()
    given.clock.advance(limits.POLL_SECONDS * 1_000 - 1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked()).toBe(before)
    given.clock.advance(1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked()).toBeGreaterThan(before)
  })

  it('takes RECEIVE_SIZE messages at once, and gathers more in its window', async () => {
    const mapping = mappingResource('worker', 'jobs', {
      BatchSize: limits.RECEIVE_SIZE + 1, MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
    })
    const print = "async ({ Records }) => console.log('got', Records.length)"
    given = givenLambda(
      [queue, functionResource('worker', { ReservedConcurrentExecutions: 1 }), mapping], worker(print),
    )
    for (let sent = 0; sent <= limits.RECEIVE_SIZE; sent += 1) send()
    given.lambda.start()
    await given.logged(`got ${limits.RECEIVE_SIZE + 1}`)
  })
})

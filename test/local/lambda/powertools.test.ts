import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSync } from 'esbuild'
import { afterEach, expect, it } from 'vitest'
import { functionResource, givenLambda, type GivenLambda } from './given.ts'

const HANDLER = `
  import { Logger } from '@aws-lambda-powertools/logger'
  import { Metrics } from '@aws-lambda-powertools/metrics'
  import { Tracer } from '@aws-lambda-powertools/tracer'
  const [logger, metrics, tracer] = [new Logger(), new Metrics(), new Tracer()]
  await fetch(process.env.TARGET)
  export const handler = async (event, context) => {
    logger.addContext(context)
    const segment = tracer.getSegment()
    const sub = segment.addNewSubsegment('## handler')
    tracer.setSegment(sub)
    tracer.putAnnotation('answer', 42)
    logger.info('at work')
    metrics.addMetric('Handled', 'Count', 1)
    metrics.publishStoredMetrics()
    await fetch(process.env.TARGET)
    sub.close()
    tracer.setSegment(segment)
    return tracer.isTracingEnabled()
  }`

let given: GivenLambda
let daemon: Socket
const target = createServer((_, response) => response.end('ok'))
afterEach(async () => {
  target.close()
  daemon.close()
  await given.stop()
})

it('runs Powertools unmodified: JSON lines stay raw, and the tracer is quiet without a daemon', async () => {
  target.listen(0, '127.0.0.1')
  daemon = createSocket('udp4').bind(0, '127.0.0.1')
  await Promise.all([once(target, 'listening'), once(daemon, 'listening')])
  let traced = 0
  daemon.on('message', () => (traced += 1))
  const { outputFiles } = buildSync({
    stdin: { contents: HANDLER, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  })
  const variables = {
    TARGET: `http://127.0.0.1:${(target.address() as AddressInfo).port}`,
    POWERTOOLS_SERVICE_NAME: 'worker',
    POWERTOOLS_METRICS_NAMESPACE: 'Test',
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
  }
  const resource = functionResource('worker', {
    Environment: { Variables: variables }, TracingConfig: { Mode: 'Active' }, Timeout: 60,
  })
  given = givenLambda([resource], { worker: { 'index.mjs': outputFiles[0]?.text ?? '' } })
  const { payload, functionError } = await given.invoke('worker')
  expect({ payload, functionError }).toEqual({ payload: true, functionError: undefined })
  const lines = given.logFile('worker').trimEnd().split('\n')
  const [logged, metrics] = lines.slice(1, 3).map((line) => JSON.parse(line) as unknown)
  expect(lines).toHaveLength(5)
  expect(logged).toMatchObject({ level: 'INFO', message: 'at work', service: 'worker', function_name: 'worker' })
  expect(metrics).toMatchObject({ Handled: 1 })
  expect(traced).toBe(0)
})

import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DEFAULT_VARIANTS } from '../../functions/lib/variant-settings.ts'
import { MALLOC_ENVIRONMENT } from '../../infra/malloc.ts'
import { LOOPBACK } from '../../local/ports.ts'
import type { Fixture } from '../fixtures/index.ts'
import { BARE_ENVIRONMENT, bundleFunctions } from '../functions/bundled.ts'
import { BUCKET, ID, MEDIA_KEY, OWNER, s3Record, sqsEvent } from '../functions/given.ts'
import { mixedPictures } from './mixed-pictures.ts'

/** What the process may take at its peak, in MB; the function has 1,769. */
export const SOAK_LIMIT_MB = 400

const KIB_PER_MIB = 1_024

export interface SoakReport {
  /** Peak of the function's whole process over all pictures, in MB. */
  peakMb: number
  /** What the process held after each picture, in MB. */
  heldMb: number[]
  /** Statuses that were recorded, PROCESSING left out. */
  endings: string[]
  /** Messages that the function asked to have again. */
  failed: number
}

/**
 * Runs in the function's process: one event after the other, as Lambda gives them to a warm environment. `maxRSS` would
 * begin with what the parent held when it forked; Linux has the program's own peak as VmHWM. Source: proc(5).
 */
const LOOP = `
  const { handler } = require('./process-image.js')
  const { readFileSync } = require('node:fs')
  const peakKb = () => process.platform === 'linux'
    ? Number(/^VmHWM:\\s*(\\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
    : process.resourceUsage().maxRSS
  process.on('message', (event) => handler(event, { awsRequestId: 'r', functionName: 'process-image' }).then(
    ({ batchItemFailures }) => process.send({
      failed: batchItemFailures.length,
      peakKb: peakKb(),
      heldBytes: process.memoryUsage.rss(),
    })))
  process.on('disconnect', () => process.exit())
`

/**
 * Develops pictures by the bundled function in one process, under the settings that the function has.
 * @param onDeveloped hears how many there are so far
 */
export async function soak(count: number, onDeveloped?: (pictures: number) => void): Promise<SoakReport> {
  const pictures = await mixedPictures()
  const folder = await bundleFunctions()
  const services = await startServices()
  const report: SoakReport = { peakMb: 0, heldMb: [], endings: services.endings, failed: 0 }
  const child = spawn(process.execPath, ['-e', LOOP], {
    cwd: folder,
    env: functionEnvironment(services.origin),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    for (let number = 0; number < count; number += 1) {
      const picture = pictures[number % pictures.length]!
      services.serve(picture)
      child.send(sqsEvent({ Records: [s3Record({ size: picture.bytes.length })] }))
      const answer = await new Promise<{ failed: number; peakKb: number; heldBytes: number }>((resolve, reject) => {
        child.once('message', (message) => resolve(message as never))
        void closed.then(() => reject(new Error(`The process died of picture ${number}, ${picture.contentType}.`)))
      })
      report.failed += answer.failed
      report.peakMb = answer.peakKb / KIB_PER_MIB
      report.heldMb.push(Math.round(answer.heldBytes / KIB_PER_MIB / KIB_PER_MIB))
      onDeveloped?.(number + 1)
    }
  } finally {
    child.kill()
    await closed
    services.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return report
}

/** As the template has it. Source: infra/processing.ts. */
function functionEnvironment(origin: string): NodeJS.ProcessEnv {
  return {
    ...BARE_ENVIRONMENT,
    ...MALLOC_ENVIRONMENT,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_LAMBDA_FUNCTION_NAME: 'process-image',
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    POWERTOOLS_TRACE_ENABLED: 'false',
    POWERTOOLS_SERVICE_NAME: 'process-image',
    POWERTOOLS_METRICS_NAMESPACE: 'Darkroom',
    AWS_ENDPOINT_URL: origin,
    GRAPHQL_URL: `${origin}/graphql`,
    ORIGINALS_BUCKET: BUCKET,
    MEDIA_BUCKET: 'the-media',
    LABELS_QUEUE_URL: `${origin}/1/labels`,
    REMOVALS_QUEUE_URL: `${origin}/1/removals`,
    MODERATION_MIN_CONFIDENCE: 'off',
    VARIANTS: DEFAULT_VARIANTS,
  }
}

/** S3, Rekognition and AppSync as far as the function asks them, for one picture at a time. */
async function startServices() {
  let served: Fixture
  const endings: string[] = []
  const answer = (request: IncomingMessage, body: Buffer): Buffer | string => {
    if (request.url === '/graphql') {
      const { variables } = JSON.parse(body.toString()) as {
        variables: { input: { status: string; failure?: { code: string } } }
      }
      const { status, failure } = variables.input
      if (status !== 'PROCESSING') endings.push(failure?.code ?? status)
      const { bytes, contentType } = served
      const image = { id: ID, owner: OWNER, contentType, byteSize: bytes.length, mediaKey: MEDIA_KEY }
      return JSON.stringify({ data: { recordImageProcessed: image } })
    }
    if (request.method === 'GET') return served.bytes
    return request.method === 'POST' ? '{"Labels":[]}' : ''
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = answer(request, Buffer.concat(chunks))
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
          .end(body)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  return {
    origin: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    endings,
    serve: (picture: Fixture) => void (served = picture),
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

import { createHash } from 'node:crypto'
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LOOPBACK } from '../../local/ports.ts'
import { appSyncCall, s3Call, type About } from './calls.ts'
import { moderateByHash } from './moderator.ts'
import type { Interruption, Plan, Step } from './plan.ts'
import { refusalOf, type Service } from './refusals.ts'
import type { ThrottledTable } from './throttled-table.ts'

/** Header that `inside-function.ts` puts on every call: process id and trace. */
const INVOCATION_HEADER = 'x-test-invocation'

/** Header of an answer that `inside-function.ts` obeys: when the process is to die, in milliseconds. */
const CRASH_HEADER = 'x-test-crash-ms'

/** A call as far as it is understood. */
interface Call {
  service: Service
  pid: number
  invocation: string
  step: Step | undefined
  imageId: string | undefined
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** What the proxy saw of an image. */
export interface Seen {
  /** Versions that the API answered with, in the order of its answers. */
  versions: number[]
  /** Calls of DetectLabels that reached Rekognition, and of DetectModerationLabels. */
  labelled: number
  moderated: number
  /** Whether something was found that stands against showing the image; undefined: nobody was asked. */
  isHarmful: boolean | undefined
  mediaKey: string | undefined
  /** Blows that were struck. */
  blows: string[]
}

/** Stands between the functions and the services, passes on what they say, and interrupts as planned. */
export class InterruptingProxy {
  private readonly servers = new Map<Service, Server>()
  private readonly upstream = new Map<Service, URL>()
  private readonly imageOfInvocation = new Map<string, string>()
  private readonly imageOfPicture = new Map<string, string>()
  private readonly imageOfMediaKey = new Map<string, string>()
  private readonly seenOf = new Map<string, Seen>()
  private readonly left = new Map<Interruption, number>()
  private readonly hanging = new Map<ServerResponse, number>()
  private underWay = 0
  private refusals = 0

  /** @param now the moved clock, which answers are dated by: an SDK sets its own clock by them */
  constructor(
    private readonly planOf: (imageId: string) => Plan | undefined,
    private readonly table: ThrottledTable,
    private readonly now: () => number,
  ) {}

  /** @returns where each service is reached through the proxy */
  async listen(): Promise<Record<Service, string>> {
    const addresses: Partial<Record<Service, string>> = {}
    for (const service of ['s3', 'aws', 'appsync'] as const) {
      const server = createServer((request, response) => void this.take(service, request, response))
      await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
      this.servers.set(service, server)
      addresses[service] = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`
    }
    return addresses as Record<Service, string>
  }

  passTo(endpoints: Record<Service, string>): void {
    for (const service of this.servers.keys()) this.upstream.set(service, new URL(endpoints[service]))
  }

  seen(imageId: string): Seen {
    const seen: Seen = this.seenOf.get(imageId) ?? {
      versions: [], labelled: 0, moderated: 0, isHarmful: undefined, mediaKey: undefined, blows: [],
    }
    this.seenOf.set(imageId, seen)
    return seen
  }

  /** Processes that wait for an answer that will not come; one may wait for several. */
  get hangs(): number {
    return new Set(this.hanging.values()).size
  }

  /** Calls that are being passed on. */
  get passing(): number {
    return this.underWay
  }

  stop(): void {
    for (const server of this.servers.values()) {
      server.close()
      server.closeAllConnections()
    }
  }

  private async take(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.underWay += 1
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const call = this.understand(service, request, Buffer.concat(chunks))
      await this.answer(call, response)
    } catch {
      // The caller was killed, or gave up: nobody is there to answer.
      response.destroy()
    } finally {
      this.underWay -= 1
    }
  }

  private understand(service: Service, { method, url, headers }: IncomingMessage, body: Buffer): Call {
    const invocation = String(headers[INVOCATION_HEADER])
    const call: Call = {
      service,
      invocation,
      headers,
      body,
      pid: Number.parseInt(invocation, 10),
      method: method ?? '',
      path: url ?? '',
      step: undefined,
      imageId: undefined,
    }
    if (service === 'aws') Object.assign(call, this.aboutPicture(invocation, body))
    if (service === 's3') Object.assign(call, this.withImage(s3Call(call.method, call.path, body)))
    if (service === 'appsync') Object.assign(call, appSyncCall(body))
    if (call.step === 'claim' && call.imageId !== undefined) this.imageOfInvocation.set(invocation, call.imageId)
    return call
  }

  /**
   * Whose picture is labelled: by its bytes, which every attempt sends alike, also those that come later. The first
   * comes from the invocation that claimed the image.
   */
  private aboutPicture(invocation: string, body: Buffer): About {
    const { Image } = JSON.parse(body.toString()) as { Image: { Bytes: string } }
    const hash = createHash('sha256').update(Image.Bytes).digest('hex')
    const claimed = this.imageOfInvocation.get(invocation)
    const imageId = this.imageOfPicture.get(hash) ?? claimed
    if (imageId !== undefined) this.imageOfPicture.set(hash, imageId)
    return { step: claimed === undefined ? 'label later' : 'label', imageId }
  }

  private withImage(about: About): About {
    return about.mediaKey === undefined ? about : { ...about, imageId: this.imageOfMediaKey.get(about.mediaKey) }
  }

  private async answer(call: Call, response: ServerResponse): Promise<void> {
    const blow = this.nextBlow(call)
    switch (blow?.blow) {
      case 'refuse': {
        const { status, type, body } = refusalOf(call.service, this.refusals)
        this.refusals += 1
        const date = new Date(this.now()).toUTCString()
        response.writeHead(status, { 'content-type': type, 'content-length': body.length, date })
        return void response.end(body)
      }
      case 'throttleRead':
        return reply(response, await this.table.during('reads', () => this.pass(call)))
      case 'throttleWrite':
        return reply(response, await this.table.during('writes', () => this.pass(call)))
      case 'crashBefore':
        return kill(call.pid)
      case 'hang':
        this.hanging.set(response, call.pid)
        return void response.on('close', () => this.hanging.delete(response))
      case 'loseAnswer':
        await this.pass(call)
        return void response.destroy()
      case 'crashAfter': {
        const answer = await this.pass(call)
        return reply(response, { ...answer, headers: { ...answer.headers, [CRASH_HEADER]: String(blow.delayMs) } })
      }
      default:
        return reply(response, await this.pass(call))
    }
  }

  /** The first planned interruption of this step that has not run out. */
  private nextBlow({ imageId, step }: Call): Interruption | undefined {
    const plan = imageId === undefined ? undefined : this.planOf(imageId)
    for (const interruption of plan?.interruptions ?? []) {
      const left = this.left.get(interruption) ?? interruption.times
      if (interruption.step !== step || left === 0) continue
      this.left.set(interruption, left - 1)
      this.seen(imageId!).blows.push(`${step}: ${interruption.blow}`)
      return interruption
    }
    return undefined
  }

  private async pass(call: Call): Promise<Answer> {
    const { service, method, path, headers, body, imageId } = call
    if (String(headers['x-amz-target']).endsWith('.DetectModerationLabels')) return this.moderate(call)
    const { hostname, port } = this.upstream.get(service)!
    const { expect: _expect, connection: _connection, [INVOCATION_HEADER]: _invocation, ...kept } = headers
    const answer = await new Promise<Answer>((resolve, reject) => {
      const passed = send({ hostname, port, method, path, headers: kept }, (from) => {
        const chunks: Buffer[] = []
        from.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        from.on('end', () => {
          const headers = { ...from.headers, date: new Date(this.now()).toUTCString() }
          resolve({ status: from.statusCode ?? 0, headers, body: Buffer.concat(chunks) })
        })
      })
      passed.on('error', reject).end(body)
    })
    if (imageId === undefined) return answer
    if (service === 'aws') this.seen(imageId).labelled += 1
    if (service === 'appsync') this.learn(imageId, answer.body)
    return answer
  }

  /** In Rekognition's place. */
  private moderate({ imageId, body }: Call): Answer {
    const answer = moderateByHash(body)
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'date': new Date(this.now()).toUTCString() }
    if (imageId !== undefined) {
      const seen = this.seen(imageId)
      seen.moderated += 1
      seen.isHarmful = answer.isHarmful
    }
    return { status: 200, headers, body: answer.body }
  }

  private learn(imageId: string, body: Buffer): void {
    const { data } = JSON.parse(body.toString()) as { data?: Record<string, Learned | null> | null }
    const image = data?.recordImageProcessed ?? data?.recordImageLabels
    if (!image) return
    this.imageOfMediaKey.set(image.mediaKey, imageId)
    const seen = this.seen(imageId)
    seen.mediaKey = image.mediaKey
    seen.versions.push(image.version)
  }
}

interface Learned {
  mediaKey: string
  version: number
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _encoding, connection: _connection, ...kept } = headers
  response.writeHead(status, { ...kept, 'content-length': body.length }).end(body)
}

/** Ends a function's process, as running out of memory would. It may be gone already. */
function kill(pid: number): void {
  if (!(pid > 0)) throw new RangeError(`expected the id of a function's process, got ${pid}`)
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

import { Agent, request } from 'node:http'
import { quantile } from '../median.ts'

/** A burst of requests: always `concurrency` under way, for `seconds`. */
export interface Burst {
  url: string
  token: string
  /** Bodies that are sent in turns. */
  bodies: string[]
  concurrency: number
  seconds: number
}

export interface BurstFigures {
  requests: number
  seconds: number
  medianMs: number
  p99Ms: number
}

const MS_PER_S = 1_000
const OK = 200
const agent = new Agent({ keepAlive: true })

/** Runs in a process of its own: what the client costs does not count as the server's. */
process.on('message', (burst: Burst) => {
  void run(burst).then((figures) => process.send?.(figures))
})

async function run(burst: Burst): Promise<BurstFigures> {
  const latencies: number[] = []
  const startedAt = performance.now()
  const until = startedAt + burst.seconds * MS_PER_S
  let sent = 0
  const worker = async (): Promise<void> => {
    while (performance.now() < until) {
      const body = burst.bodies[sent % burst.bodies.length] ?? ''
      sent += 1
      const before = performance.now()
      await post(burst, body)
      latencies.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: burst.concurrency }, worker))
  const seconds = (performance.now() - startedAt) / MS_PER_S
  return { requests: latencies.length, seconds, medianMs: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) }
}

function post({ url, token }: Burst, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: token,
    }
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === OK) resolve()
        else reject(new Error(`expected status ${OK} of ${url}, got ${String(response.statusCode)}`))
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
}

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { WebSocket } from 'ws'

/** Flag of Node by which a process lets itself be looked into, from this machine alone, on a free port. */
export const INSPECT_FLAG = '--inspect=127.0.0.1:0'

/** What Node says on its standard error then. */
const LISTENING = /^Debugger listening on (ws:\S+)$/

const BYTES_PER_MIB = 1_024 * 1_024

/** In the process that is looked into: bytes in use on its heap, and what its objects hold elsewhere. */
const IN_USE = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'

interface Answer {
  id?: number
  result?: { result?: { value?: number } }
}

/** @throws Error when it ends without having said where */
export async function inspectorUrl(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const [, url] = LISTENING.exec(line) ?? []
    if (!url) continue
    // What it says later is nobody's to read here, and must not fill the pipe.
    stderr.resume()
    return url
  }
  throw new Error(`expected a process that was started with ${INSPECT_FLAG}, got one that can't be looked into`)
}

/** Tells what a process still uses once its garbage is collected, by Node's inspector. */
export class KeptMemory {
  private lastId = 0

  private constructor(private readonly socket: WebSocket) {}

  static async of(url: string): Promise<KeptMemory> {
    const socket = new WebSocket(url)
    await once(socket, 'open')
    return new KeptMemory(socket)
  }

  /** Has all garbage collected first. In MiB. Source: Chrome DevTools Protocol, HeapProfiler and Runtime. */
  async look(): Promise<number> {
    await this.call('HeapProfiler.collectGarbage')
    const { result } = await this.call('Runtime.evaluate', { expression: IN_USE, returnByValue: true })
    const bytes = result?.result?.value
    if (bytes === undefined) throw new TypeError('expected the bytes in use, got none')
    return bytes / BYTES_PER_MIB
  }

  close(): void {
    this.socket.terminate()
  }

  private call(method: string, params: object = {}): Promise<Answer> {
    const id = (this.lastId += 1)
    return new Promise((resolve, reject) => {
      const hear = (frame: unknown): void => {
        const answer = JSON.parse(String(frame)) as Answer
        if (answer.id !== id) return
        this.socket.off('message', hear)
        this.socket.off('close', fail)
        resolve(answer)
      }
      const fail = (): void => reject(new Error(`${method} was not answered: the process has ended`))
      this.socket.on('message', hear)
      this.socket.once('close', fail)
      this.socket.send(JSON.stringify({ id, method, params }))
    })
  }
}

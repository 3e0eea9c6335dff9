import { WebSocket } from 'ws'

/**
 * Gives Node 20 the global WebSocket that the client libraries look for, and lets a test see when the server has
 * acknowledged a subscription, which the libraries keep to themselves.
 */
export function observeSockets(): { acknowledged(): Promise<void> } {
  let come = 0
  const waiting: (() => void)[] = []
  class ObservedWebSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      this.on('message', (frame: Buffer) => {
        if ((JSON.parse(frame.toString('utf8')) as { type: string }).type !== 'start_ack') return
        const go = waiting.shift()
        if (go) go()
        else come += 1
      })
    }
  }
  Object.assign(globalThis, { WebSocket: ObservedWebSocket })
  return {
    /** The next `start_ack`, or the one that has come and was not taken yet. */
    acknowledged: () => {
      if (come === 0) return new Promise((resolve) => waiting.push(resolve))
      come -= 1
      return Promise.resolve()
    },
  }
}

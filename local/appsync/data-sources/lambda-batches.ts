import type { Outcome } from './data-source.ts'

interface Waiting {
  payload: unknown
  settle(outcome: Outcome | PromiseLike<Outcome>): void
}

type Send = (payloads: unknown[]) => Promise<Outcome[]>

/** Gathers `BatchInvoke` payloads of sibling fields into calls of at most `maxBatchSize`. One per GraphQL request. */
export interface LambdaBatches {
  add(key: string, payload: unknown, maxBatchSize: number, send: Send): Promise<Outcome>
}

export function createLambdaBatches(): LambdaBatches {
  const open = new Map<string, Waiting[]>()
  const close = (key: string, batch: Waiting[], send: Send) => {
    open.delete(key)
    const answers = send(batch.map((one) => one.payload))
    batch.forEach((one, index) => {
      one.settle(answers.then((all) => all[index] ?? { result: null }))
    })
  }
  return {
    add(key, payload, maxBatchSize, send) {
      return new Promise<Outcome>((settle) => {
        const batch = open.get(key) ?? []
        batch.push({ payload, settle })
        if (batch.length === 1) {
          open.set(key, batch)
          // Sibling fields resolve in microtasks of this turn; all have joined when the next turn begins.
          setImmediate(() => {
            if (open.get(key) === batch) close(key, batch, send)
          })
        }
        if (batch.length >= maxBatchSize) close(key, batch, send)
      })
    },
  }
}

/** Longest pause after a first failure, in milliseconds. */
const FIRST_PAUSE_MS = 1_000

/** Longest pause after many failures in a row, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/**
 * How long to wait before another attempt: any time up to a longest that doubles with every failure, so that clients
 * that were cut off together do not come back together.
 * @param failures how many attempts failed in a row, from 1 up
 * @returns milliseconds
 */
export function backOff(failures: number): number {
  return Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
}

/** Waits that can be cut short. */
export interface Pauses {
  pause(durationMs: number): Promise<void>
  /** Ends every wait that is under way. */
  wake(): void
  /** Ends every wait that is under way, and each that is asked for from now on. */
  stop(): void
}

export function createPauses(): Pauses {
  const underWay = new Set<() => void>()
  let isStopped = false
  const wake = () => underWay.forEach((end) => end())
  return {
    pause: (durationMs) =>
      new Promise((resolve) => {
        if (isStopped) return resolve()
        const end = () => {
          clearTimeout(timer)
          underWay.delete(end)
          resolve()
        }
        const timer = setTimeout(end, durationMs)
        underWay.add(end)
      }),
    wake,
    stop() {
      isStopped = true
      wake()
    },
  }
}

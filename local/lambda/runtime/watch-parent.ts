import { Worker } from 'node:worker_threads'
import { LIFELINE_FD } from '../runtime-messages.ts'

/** Runs beside the function's code, so that a handler that never yields is ended too. */
const WATCHER = `
  const end = () => process.kill(process.pid, 'SIGKILL')
  const lifeline = new (require('node:net').Socket)({ fd: ${LIFELINE_FD}, readable: true, writable: false })
  lifeline.on('end', end).on('error', end).resume()
`

/** Ends this process as soon as the one that started it is gone, however that ended. */
export function watchParent(): void {
  const worker = new Worker(WATCHER, { eval: true, name: 'watch-parent', stdout: false, stderr: false })
  worker.unref()
  process.on('disconnect', () => process.exit())
}

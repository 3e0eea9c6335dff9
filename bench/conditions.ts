import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'

const BYTES_PER_GIB = 1024 ** 3

/** Above this share of the processors something else is at work, and figures suffer. */
const BUSY_LOAD_PER_CPU = 0.5

/**
 * Where and with what a bench ran: machine, runtime, versions of the packages it is about, load of the last minute
 * before it. One line each, for the head of its output.
 */
export function conditions(packages: readonly string[]): string[] {
  const cpus = os.cpus()
  const load = os.loadavg()[0] ?? 0
  const busy = load > cpus.length * BUSY_LOAD_PER_CPU ? '; BUSY: trust ratios only, and run again when it is calm' : ''
  return [
    `machine   ${cpus.length} x ${cpus[0]?.model ?? 'unknown'}, ${(os.totalmem() / BYTES_PER_GIB).toFixed(0)} GiB`,
    `system    ${os.type()} ${os.release()} ${os.arch()}, Node ${process.version}`,
    `versions  ${packages.map((name) => `${name} ${versionOf(name)}`).join(', ') || 'none but Node'}`,
    `load      ${load.toFixed(2)} before the start${busy}`,
  ]
}

/** Version of an installed package; its package.json may not be exported, so it is looked for by path. */
function versionOf(name: string): string {
  const searched = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of searched) {
    const text = readIfThere(`${folder}/${name}/package.json`)
    if (text !== undefined) return String((JSON.parse(text) as { version?: unknown }).version)
  }
  return '(not installed)'
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

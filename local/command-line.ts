import path from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_BASE_PORT, PORT_OFFSETS } from './ports.ts'

/** What `npm start -- ...` was told. */
export interface StartOptions {
  basePort: number
  fresh: boolean
  dataDir: string
  assemblyDir: string
  pagesDir?: string
  verbose: boolean
  help: boolean
}

export const DEFAULT_DATA_DIR = '.local'
export const DEFAULT_ASSEMBLY_DIR = 'cdk.out'
/** Ports below are the system's. */
const LOWEST_PORT = 1024
const HIGHEST_PORT = 65_535 - Math.max(...Object.values(PORT_OFFSETS))
/** How many ports are taken one after the other. */
const PORT_COUNT = Object.keys(PORT_OFFSETS).length

export const USAGE = `npm start -- [options]

  --port N        first of ${PORT_COUNT} ports in a row, ${LOWEST_PORT} to ${HIGHEST_PORT}, or 0 for any free ones;
                  default ${DEFAULT_BASE_PORT}
  --fresh         empty the data folder first: images, users, messages, keys
  --data DIR      where everything is kept; default ${DEFAULT_DATA_DIR}
  --assembly DIR  what \`cdk synth\` wrote; default ${DEFAULT_ASSEMBLY_DIR}
  --pages DIR     built pages to serve as the explorer; default none
  --verbose       print every call and every line of the functions
  --help          print this
`

/** A command line that can't be followed; its message is one line for people. */
export class UsageError extends Error {}

/** @throws UsageError naming the flag, what was expected and what was received */
export function readCommandLine(args: string[]): StartOptions {
  const { port, fresh, data, assembly, pages, verbose, help } = parse(args)
  const basePort = port === undefined ? DEFAULT_BASE_PORT : Number(port)
  const inRange = basePort === 0 || (basePort >= LOWEST_PORT && basePort <= HIGHEST_PORT)
  if (port !== undefined && (!/^\d+$/.test(port) || !inRange)) {
    throw new UsageError(
      `--port must be an integer between ${LOWEST_PORT} and ${HIGHEST_PORT}, or 0, got ${JSON.stringify(port)}`,
    )
  }
  for (const [flag, value] of Object.entries({ data, assembly, pages })) {
    if (value === '') throw new UsageError(`--${flag} must name a folder, got ""`)
  }
  return {
    basePort,
    fresh: fresh ?? false,
    dataDir: data ?? DEFAULT_DATA_DIR,
    assemblyDir: assembly ?? DEFAULT_ASSEMBLY_DIR,
    ...(pages ? { pagesDir: path.resolve(pages) } : {}),
    verbose: verbose ?? false,
    help: help ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean' },
        data: { type: 'string' },
        assembly: { type: 'string' },
        pages: { type: 'string' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    const [line = 'The command line is wrong'] = (error instanceof Error ? error.message : String(error)).split(
      /\n|\. /,
    )
    throw new UsageError(`${line}; --help lists what there is`)
  }
}

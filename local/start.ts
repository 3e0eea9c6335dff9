import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { amplifyOutputs } from './amplify-outputs.ts'
import { NotImplemented } from './aws/errors.ts'
import type { Cloud } from './cloud.ts'
import { readCommandLine, USAGE, UsageError, type StartOptions } from './command-line.ts'
import { DataFolderError } from './data-folder.ts'
import { PortTaken } from './listeners.ts'
import { createLog } from './log.ts'
import { writeOperatorEnvironment } from './operator-environment.ts'

/** Where Amplify clients look for their configuration. */
const AMPLIFY_OUTPUTS_FILE = 'amplify_outputs.json'
/** Exit code of a process that a second Ctrl-C ended: 128 and SIGINT's number. */
const INTERRUPTED = 130
/** How long an orderly end may take before the process ends anyway, in milliseconds; what was answered is on disk. */
const STOP_DEADLINE_MS = 4_000

async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2))
  if (options.help) return void process.stdout.write(USAGE)
  const interrupted = firstInterrupt()
  // Loaded only now: what is wrong with the command line is said at once.
  const { startCloud } = await import('./cloud.ts')
  const cloud = await startCloud({ ...options, log: createLog(process.stderr, options.verbose ? 'debug' : 'info') })
  const outputs = amplifyOutputs(cloud.assembly, cloud.endpoints, cloud.demoUser)
  writeFileSync(AMPLIFY_OUTPUTS_FILE, `${JSON.stringify(outputs, null, 2)}\n`)
  writeOperatorEnvironment(cloud)
  process.stdout.write(welcome(cloud, options))

  await interrupted
  process.stdout.write('\nStopping. Everything is kept.\n')
  const deadline = setTimeout(() => process.exit(0), STOP_DEADLINE_MS)
  await cloud.stop()
  clearTimeout(deadline)
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function firstInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    let interrupts = 0
    const onInterrupt = (): void => {
      interrupts += 1
      if (interrupts > 1) process.exit(INTERRUPTED)
      resolve()
    }
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onInterrupt)
  })
}

const MS_PER_SECOND = 1_000

function welcome({ endpoints, dataDir, demoUser, assembly }: Cloud, options: StartOptions): string {
  const secondsSinceStart = (performance.now() / MS_PER_SECOND).toFixed(1)
  const data = path.relative('', dataDir) || '.'
  const again = options.basePort === 0 ? '' : '; the addresses stay the same at the next start'
  return `
${assembly.stackName} runs on this machine, ready in ${secondsSinceStart} s.

${options.pagesDir ? `  Explorer      ${endpoints.explorer}\n` : ''}  GraphQL       ${endpoints.appsync}/graphql  (real time: /graphql/realtime)
  S3            ${endpoints.s3}
  CloudFront    ${endpoints.cloudfront}
  AWS services  ${endpoints.aws}  (Cognito, DynamoDB, SQS, Rekognition)

  Demo user     ${demoUser.username} / ${demoUser.password}
  Try           npm run upload -- photo.jpg
  For clients   ${AMPLIFY_OUTPUTS_FILE}
  Kept in       ${data}${again}

Ctrl-C ends it.
`
}

/** One line for what people can mend; everything else is a fault of the program, and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof PortTaken) return `${error.message}; stop what listens there, or choose others with --port N`
  if (error instanceof UsageError || error instanceof DataFolderError || error instanceof NotImplemented)
    return error.message
  if (error instanceof Error && error.constructor === Error) return error.message
  return error instanceof Error ? error.stack ?? error.message : String(error)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  },
)

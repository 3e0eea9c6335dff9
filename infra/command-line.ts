import { parseArgs } from 'node:util'
import { DEFAULT_STACK_NAME } from './synth.ts'

/** A command that can't be carried out as it was given; the message is for the person who gave it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What `-c` may set. */
const CONTEXT_NAMES = [
  'stackName', 'retain', 'allowedOrigins', 'processingConcurrency', 'variants', 'moderation',
  'moderationMinConfidence', 'countViews', 'mediaDomainName', 'mediaCertificateArn', 'alarmTopicArn',
]

/**
 * Reads `-c NAME=VALUE`, as the CDK's own command line has it.
 * @throws UsageError for a name that is not known: a misspelt `retain` would delete photographs
 */
export function readContext(pairs: string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    if (at < 1 || !CONTEXT_NAMES.includes(name)) {
      throw new UsageError(`-c must be NAME=VALUE with one of ${CONTEXT_NAMES.join(', ')}, got "${pair}".`)
    }
    return [name, pair.slice(at + 1)]
  }))
}

/** What `npm run deploy` and `npm run destroy` are told; undefined when they are asked for their usage. */
export interface StackOptions {
  /** Ask nobody. */
  yes: boolean
  context: Record<string, string>
  stackName: string
}

/**
 * Reads the command line of what touches a stack on AWS, and selects the profile.
 * @throws UsageError, TypeError of `parseArgs`
 */
export function readStackOptions(usage: string): StackOptions | undefined {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      context: { type: 'string', short: 'c', multiple: true, default: [] },
    },
  })
  if (values.help) {
    console.log(usage)
    return undefined
  }
  if (values.profile) process.env['AWS_PROFILE'] = values.profile
  const context = readContext(values.context)
  return { yes: values.yes, context, stackName: context['stackName'] ?? DEFAULT_STACK_NAME }
}

/** Errors that are told in their own words, without a stack trace: somebody can do something about them. */
const TOLD = ['UsageError', 'SettingsError', 'BundleError', 'LayerError']

/** Runs a command; faults of the person at the command line or of the code are lines, and the exit code is 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    const isArgument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!(error instanceof Error) || !(isArgument || TOLD.includes(error.name))) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

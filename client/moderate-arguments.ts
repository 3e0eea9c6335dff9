import { parseArgs } from 'node:util'
import type { ModerationStatus } from '../generated/graphql.ts'
import { ClientError } from './errors.ts'

/** What an operator decides about one image. */
interface Decision {
  id: string
  owner: string
  moderationStatus: Extract<ModerationStatus, 'CLEARED' | 'HELD'>
}

/** What `npm run moderate` is asked for. */
interface ModerateArguments {
  help: boolean
  /** What is to be decided; null: what waits for a decision is to be listed. */
  decision: Decision | null
  /** Whether the list is to be JSON instead of a table. */
  json: boolean
  /** Path of `amplify_outputs.json`. */
  outputs: string
  /** Path of the local run's `operator.env`. */
  operator: string
}

const DECISIONS: Record<string, Decision['moderationStatus']> = { clear: 'CLEARED', hold: 'HELD' }

const OPTIONS = {
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  outputs: { type: 'string', default: 'amplify_outputs.json' },
  operator: { type: 'string', default: '.local/operator.env' },
  help: { type: 'boolean', default: false },
} as const

/** @throws ClientError in one line for what can't be meant */
export function readModerateArguments(args: string[]): ModerateArguments {
  const { values: { list, ...values }, positionals } = parse(args)
  if (values.help) return { ...values, decision: null }
  if (values.json && !list) throw new ClientError('--json must go with --list. See --help.')
  if (list && positionals.length > 0) {
    throw new ClientError(`--list must stand without an image, got "${positionals.join(' ')}". See --help.`)
  }
  return { ...values, decision: list ? null : readDecision(positionals) }
}

function readDecision(positionals: string[]): Decision {
  const [id, owner, decision = '', ...rest] = positionals
  const moderationStatus = DECISIONS[decision]
  if (!id || !owner || !moderationStatus || rest.length > 0) {
    throw new ClientError(`Expected ID OWNER clear|hold, got "${positionals.join(' ')}". See --help.`)
  }
  return { id, owner, moderationStatus }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS })
  } catch (error) {
    throw new ClientError(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}

import { util } from '@aws-appsync/utils'
import type { ImageStatus } from '../../generated/graphql.ts'

/** One named reason why a write may go ahead. */
export interface Clause {
  expression: string
  names: Record<string, string>
  values: Record<string, unknown>
}

/** The image is there, and its owner is who the writer says. */
export function belongsTo(owner: string): Clause {
  return { expression: '#owner = :owner', names: { '#owner': 'owner' }, values: { ':owner': owner } }
}

/** The image is in one of these statuses: it moves forward, never back. */
export function statusIsOneOf(statuses: ImageStatus[]): Clause {
  const values: Record<string, unknown> = {}
  const placeholders = statuses.map((status) => {
    values[`:was${status}`] = status
    return `:was${status}`
  })
  return { expression: `#status IN (${placeholders.join(', ')})`, names: { '#status': 'status' }, values }
}

/**
 * The image is in one of these statuses, or has FAILED in a way that another try may mend. For originals alone that an
 * operator sent once more: what S3 repeats must never wake a finished image.
 */
export function statusIsOneOfOrMayBeRedriven(statuses: ImageStatus[]): Clause {
  const { expression, names, values } = statusIsOneOf(statuses)
  return {
    expression: `(${expression} OR (#status = :wasFAILED AND #failure.#retryable = :retryable))`,
    names: { ...names, '#failure': 'failure', '#retryable': 'retryable' },
    values: { ...values, ':wasFAILED': 'FAILED', ':retryable': true },
  }
}

/** All of the clauses, as the `condition` of a DynamoDB request. */
export function all(clauses: Clause[]) {
  const expressionNames: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  clauses.forEach((clause) => {
    Object.assign(expressionNames, clause.names)
    Object.assign(values, clause.values)
  })
  return {
    expression: clauses.map((clause) => clause.expression).join(' AND '),
    expressionNames,
    expressionValues: util.dynamodb.toMapValues(values),
  }
}

import { FAILURE_CODES, FAILURES } from '../../functions/lib/failures.ts'
import { ERROR_TYPES } from './error-types.ts'
import { enumValues, WITHHELD } from './withheld-states.ts'

/** What stands for what was expected and received, which is only known when it is said. */
const UNKNOWN = '…'

/** Who is at fault, by the status that a failure ends an image in. */
const FAULTS = { REJECTED: 'the file', FAILED: 'Darkroom', EXPIRED: 'the uploader' } as const

/**
 * `docs/errors.md`.
 * @param sentences by `errorType`, as `findErrorTypes` gives them
 */
export function errorsDocument(sentences: ReadonlyMap<string, string[]>): string {
  const types = [...sentences.keys()].sort().map((errorType) => {
    const { fault, retryable, remedy } = ERROR_TYPES[errorType] ?? { fault: '', retryable: '', remedy: '' }
    const said = (sentences.get(errorType) ?? []).map(asCell).join('<br>')
    return row([`\`${errorType}\``, said, fault, retryable, remedy])
  })
  const failures = FAILURE_CODES.map((code) => {
    const { status, retryable, message, remedy } = FAILURES[code]
    const sentence = asCell(message(UNKNOWN, UNKNOWN))
    return row([`\`${code}\``, status, sentence, FAULTS[status], retryable ? 'yes' : 'no', remedy])
  })
  const withheld = Object.entries(WITHHELD).flatMap(([name, states]) => {
    const descriptions = enumValues(name)
    return Object.entries(states).map(([state, { passes, remedy }]) =>
      row([`\`${fieldOf(name)}\``, state, asCell(descriptions.get(state) ?? ''), passes, remedy]))
  })
  return [
    '# Errors',
    '',
    'Switch on the code; the sentence is for people, says what was expected and what was received, and may change.',
    'Written by `npx tsx test/errors/write-errors.ts` from the code.',
    '',
    '## Refusals of the API',
    '',
    'The `errorType` of an entry of `errors`, beside HTTP status 200. But for `ServiceUnavailable` nothing was stored.',
    'Who may not ask at all gets one of the refusals in [access.md](access.md).',
    '',
    row(['`errorType`', 'says', 'at fault', 'try again', 'what to do']),
    row(['---', '---', '---', '---', '---']),
    ...types,
    '',
    '## Why an image has no picture',
    '',
    '`Image.failure`, for the owner alone, of an image that is REJECTED, FAILED or EXPIRED. `retryable` says whether',
    'uploading the same file again can help.',
    '',
    row(['`code`', 'status', '`message`', 'at fault', '`retryable`', 'what to do']),
    row(['---', '---', '---', '---', '---', '---']),
    ...failures,
    '',
    '## Why a picture has no labels, or is held back',
    '',
    'Of an image that is READY; none of it is a failure. All states: [lifecycle.md](lifecycle.md#labels-and-moderation).',
    '',
    row(['field', 'is', 'when', 'passes', 'what to do']),
    row(['---', '---', '---', '---', '---']),
    ...withheld,
    '',
  ].join('\n')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The field of `Image` that has an enum. */
const fieldOf = (name: string): string => `${name[0]!.toLowerCase()}${name.slice(1)}`

const asCell = (text: string): string => text.replaceAll('|', '\\|')

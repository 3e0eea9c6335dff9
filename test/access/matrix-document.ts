import { EXPECTATIONS, FIELDS, type Expectation, type Refusal } from './expectations.ts'
import { CREDENTIALS, PRINCIPAL_NAMES, PRINCIPALS } from './principals.ts'

const OK = 200

/** `docs/access.md`: the expectations as a table, and below it the refusals word for word. */
export function matrixDocument(): string {
  const refusals: string[] = []
  const cell = (expectation: Expectation): string => {
    if (expectation === 'allowed') return 'yes'
    if (expectation === 'null') return '`null`'
    const text = inWords(expectation)
    if (!refusals.includes(text)) refusals.push(text)
    return short(expectation)
  }
  const rows = FIELDS.map((field) => {
    const [coordinate, image] = field.split(', ')
    const name = image ? `\`${coordinate}\`, ${image}` : `\`${coordinate}\``
    return row([name, ...PRINCIPAL_NAMES.map((principal) => cell(EXPECTATIONS[field][principal]))])
  })
  return [
    '# Who may do what, field by field',
    '',
    'Every field, asked for by everybody. The tests execute each cell of this table against the API as it is',
    'synthesized, over HTTP and, for subscriptions, over the WebSocket; a field or a caller without its cells fails',
    'them.',
    'Written by `npx tsx test/access/write-matrix.ts` from `test/access/expectations.ts`.',
    '',
    row(['field', ...Object.values(PRINCIPALS)]),
    row(['---', ...PRINCIPAL_NAMES.map(() => '---')]),
    ...rows,
    '',
    'yes: a value, no error. `null`: no value, no error; of an image the same answer as for one that does not exist.',
    'Anything else is a refusal, listed below. `Image.*` is read of a PUBLIC image by `Query.image`, and with IAM of an',
    'image in progress by `Mutation.recordImageProcessed`. Types below `Image` are read whole.',
    '',
    '## Callers',
    '',
    row(['caller', 'shows']),
    row(['---', '---']),
    ...PRINCIPAL_NAMES.map((principal) => row([PRINCIPALS[principal], CREDENTIALS[principal]])),
    '',
    '## Refusals',
    '',
    'What was refused, as the first of `errors` says. 401 refuses the whole request; the others come with status 200',
    'and leave the field null. On the WebSocket 401 is a `connection_error`, the others an `error` that answers `start`.',
    '',
    row(['status', '`errorType`', '`message`']),
    row(['---', '---', '---']),
    ...refusals.sort(),
    '',
  ].join('\n')
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const short = ({ status, errorType }: Refusal) => (status === undefined ? errorType : String(status))

function inWords({ status = OK, errorType, message }: Refusal): string {
  return row([String(status), `\`${errorType}\``, message])
}

import { LIMIT_FILES, readLimits, type Limit, type LimitFile } from './read-limits.ts'

/** Where the page lies, from the project's folder. */
export const LIMITS_PAGE = 'docs/limits.md'

const INTRODUCTION = `# Limits

Every limit is a constant with a unit and a source, and has a test on both sides of it
(\`test/limits/every-limit.test.ts\` fails for one that has none). This page is made from their docstrings by
\`npx tsx tools/limits/write-limits.ts\`; a test fails when it is stale.

Those of the first two sections are Darkroom's own and hold everywhere. The others are AWS's: on AWS the service holds
to them, on a laptop the local run does.
`

/** Units by the end of a constant's name. */
const UNITS: [end: RegExp, unit: string][] = [
  [/_BYTES$/, 'bytes'],
  [/_(SECONDS|S)$/, 's'],
  [/_MS$/, 'ms'],
  [/_MIN$/, 'min'],
  [/_DAYS$/, 'days'],
  [/_PX$/, 'px'],
  [/_PIXELS$/, 'pixels'],
  [/_MB$/, 'MB'],
  [/_BITS$/, 'bits'],
  [/_(LENGTH|CHARACTERS)$/, 'characters'],
  [/_CONFIDENCE$/, 'percent'],
]

/** The whole page. @param root the project's folder */
export async function limitsPage(root: string): Promise<string> {
  const sections = await Promise.all(
    (Object.keys(LIMIT_FILES) as LimitFile[]).map(async (file) => section(file, await readLimits(root, file))),
  )
  return [INTRODUCTION, ...sections].join('\n')
}

function section(file: LimitFile, limits: Limit[]): string {
  const rows = limits.map(({ name, value, sentence, source = 'a decision of Darkroom' }) =>
    `| \`${name}\` | ${valueText(name, value)} | ${cell(sentence)} | ${cell(source)} |`)
  const head = ['| name | value | what | source |', '|---|---|---|---|']
  return [`## ${LIMIT_FILES[file]}`, '', `\`${file}\``, '', ...head, ...rows, ''].join('\n')
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number') {
    const unit = UNITS.find(([end]) => end.test(name))?.[1]
    return `${value.toLocaleString('en-US')}${unit === undefined ? '' : ` ${unit}`}`
  }
  if (value instanceof RegExp) return `\`${cell(String(value))}\``
  if (Array.isArray(value)) return value.map((entry) => `\`${String(entry)}\``).join(', ')
  const members = Object.entries(value as Record<string, unknown>)
  return members.map(([member, of]) => `${member}: ${typeof of === 'number' ? of.toLocaleString('en-US') : String(of)}`)
    .join(', ')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

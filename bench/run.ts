import { parseArgs } from 'node:util'
import type { Bench, BenchOptions } from './bench.ts'
import { NoPhotos } from './photos.ts'

/** Every bench by name; each is loaded when it is its turn. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  graphql: () => import('./graphql.ts'),
  'resolver-runtime': () => import('./resolver-runtime.ts'),
  images: () => import('./images.ts'),
  formats: () => import('./formats.ts'),
  'cold-start': () => import('./cold-start.ts'),
  memory: () => import('./memory.ts'),
  units: () => import('./units.ts'),
  lists: () => import('./lists.ts'),
}

const USAGE = `npm run bench -- [options] [name...]

  name          one of ${Object.keys(BENCHES).join(', ')}; default all
  --rounds N    how many rounds count, instead of each bench's own number
  --photos DIR  JPEG photographs of 12 to 24 megapixels, instead of the system's wallpapers
  --most N      photographs to use at most; default all of them, for formats 3, for memory 4
  --to N        lists: images in the largest table, e.g. 1e6; default 1e5`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      photos: { type: 'string' },
      most: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(USAGE)
  const unknown = positionals.find((name) => !Object.hasOwn(BENCHES, name))
  if (unknown !== undefined) throw new UsageError(`expected one of ${Object.keys(BENCHES).join(', ')}, got ${unknown}`)
  const options: BenchOptions = {
    ...count('rounds', values.rounds),
    ...count('most', values.most),
    ...count('to', values.to),
    ...(values.photos !== undefined && { photos: values.photos }),
  }
  for (const name of positionals.length > 0 ? positionals : Object.keys(BENCHES)) {
    const { question, bench } = await BENCHES[name]!()
    console.log(`\n${name}: ${question}\n`)
    try {
      for await (const line of bench(options)) console.log(line)
    } catch (error) {
      // Without photographs the other benches still have an answer.
      if (!(error instanceof NoPhotos)) throw error
      console.log(`left out: ${error.message}`)
    }
  }
}

class UsageError extends Error {}

function count(name: 'rounds' | 'most' | 'to', value: string | undefined): { [key in typeof name]?: number } {
  if (value === undefined) return {}
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) {
    throw new UsageError(`--${name} must be a whole number from 1 up, got ${value}`)
  }
  return { [name]: number }
}

await main().catch((error: unknown) => {
  const isArgument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (!(error instanceof UsageError) && !isArgument) throw error
  console.error(error.message)
  process.exitCode = 1
})

import { createContext, runInContext } from 'node:vm'
import { resolve } from 'node:path'
import { bundleResolvers } from '../infra/bundle/resolvers.ts'
import { compileCode } from '../local/appsync/runtime/compile.ts'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { imageItem, OWNER } from './graphql/image-items.ts'
import { median } from './median.ts'
import { table } from './table.ts'

/**
 * Request and response handler of `Query.image`, as bundled for AWS, in the local APPSYNC_JS runtime: the owner asks
 * for one READY image. No HTTP, no GraphQL, no store.
 */
export const question = 'what does one resolver cost in the local APPSYNC_JS runtime?'

const DEFAULT_ROUNDS = 15
/** Handler pairs a round: long enough for the clock, short enough to take turns. */
const PAIRS = 500
const US_PER_MS = 1_000
const ROOT = resolve(import.meta.dirname, '..')
const RESOLVER = { name: 'Query.image', path: 'resolvers/Query.image.ts' }
const AUTH_TYPE = 'User Pool Authorization'

export async function* bench({ rounds = DEFAULT_ROUNDS }: BenchOptions): AsyncGenerator<string> {
  yield* conditions(['esbuild'])
  yield `task      ${PAIRS} pairs a round, ${rounds} rounds in turns, after one that does not count; medians`
  yield ''
  const contenders = await createContenders()
  const measured = await alternate(Object.keys(contenders), rounds, async (name) => usPerPair(contenders[name]!))
  const ours = median(measured.get('runtime') ?? [])
  const rows = [...measured].map(([name, runs]) => [
    name,
    median(runs).toFixed(1),
    Math.min(...runs).toFixed(1),
    (median(runs) / ours).toFixed(2),
  ])
  yield table(['', 'us a pair', 'least', 'of runtime'], rows)
  yield ''
  yield 'runtime: compiled once; context and result go through JSON, so that nothing is shared with the code'
  yield 'JSON alone: the same context and result to text and back, and nothing run: what the isolation costs'
  yield 'a new context a call: two empty vm contexts, as a runtime would make that shares none among calls'
}

function usPerPair(pair: () => void): number {
  const before = performance.now()
  for (let count = 0; count < PAIRS; count += 1) pair()
  return ((performance.now() - before) * US_PER_MS) / PAIRS
}

async function createContenders(): Promise<Record<string, () => void>> {
  const [bundle] = await bundleResolvers(ROOT, [RESOLVER])
  if (!bundle) throw new Error(`expected a bundle of ${RESOLVER.path}, got none`)
  const code = compileCode(bundle.code, { fileName: `${RESOLVER.name}.js` })
  const item = imageItem(0)
  const base = {
    args: { id: item.id },
    arguments: { id: item.id },
    identity: { sub: OWNER, username: OWNER, claims: { sub: OWNER }, groups: null },
    source: null,
    stash: {},
    request: { headers: { 'content-type': 'application/json' } },
    info: { fieldName: 'image', parentTypeName: 'Query', variables: {}, selectionSetList: ['id', 'status'] },
    env: { MEDIA_BASE_URL: 'https://media.example' },
  }
  const after = { ...base, result: item }
  const call = { authType: AUTH_TYPE }
  const { result, error } = code.evaluate('response', after, call)
  if (error || (result as { id?: unknown } | null)?.id !== item.id) {
    throw new Error(`expected the image ${item.id}, got ${JSON.stringify(error ?? result)}`)
  }
  const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  return {
    runtime: () => {
      code.evaluate('request', base, call)
      code.evaluate('response', after, call)
    },
    'JSON alone': () => [base, after, result].forEach(copy),
    'a new context a call': () => {
      runInContext('0', createContext({}))
      runInContext('0', createContext({}))
    },
  }
}

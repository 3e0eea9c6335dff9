import { describe, expect, it } from 'vitest'
import { checkAppSyncJs } from '../../../tools/appsync-js-check/check.ts'
import { formatDiagnostic, type RuleName } from '../../../tools/appsync-js-check/diagnostic.ts'
import { MAX_CODE_CHARACTERS } from '../../../tools/appsync-js-check/limits.ts'
import { bundle } from './bundle.ts'

const HANDLERS = 'export function request(ctx) { return {} }\nexport function response(ctx) { return ctx.result }\n'

/** The rules that a bundle of this code, beside two plain handlers, breaks. */
function broken(source: string): RuleName[] {
  return checkAppSyncJs(bundle(source + '\n' + HANDLERS), { fileName: 'sample.js' }).map(({ rule }) => rule)
}

/** The same for code as it stands, where a bundler would refuse or rewrite it. */
function brokenUnbundled(source: string): RuleName[] {
  return checkAppSyncJs(source + '\n' + HANDLERS, { fileName: 'sample.js' }).map(({ rule }) => rule)
}

/** A function that is kept in the bundle, around the statements. */
const inFunction = (statements: string) => `export function sample(a, b) { ${statements} }`

const REFUSED: [what: string, statements: string, rule: RuleName][] = [
  ['throw', 'throw a', 'statement'],
  ['try', 'try { a() } catch { b() }', 'statement'],
  ['while', 'while (a) { b() }', 'statement'],
  ['do', 'do { b() } while (a)', 'statement'],
  ['for (;;)', 'for (let i = 0; i < a; i += 1) { b(i) }', 'statement'],
  ['continue', 'for (const x of a) { if (x) continue; b(x) }', 'statement'],
  ['labels', 'outer: for (const x of a) { break outer }', 'statement'],
  ['class', 'class A {} return `${A}`', 'statement'],
  ['++', 'let i = a; i++; return i', 'operator'],
  ['--', 'let i = a; --i; return i', 'operator'],
  ['~', 'return ~a', 'operator'],
  ['in', "return 'x' in a", 'operator'],
  ['instanceof', 'return a instanceof b', 'operator'],
  ['new', 'return new a()', 'expression'],
  ['this', 'return this', 'expression'],
  ['regular expressions', 'return /x/', 'literal'],
  ['BigInt literals', 'return 1n', 'literal'],
  ['getters', 'return { get x() { return 1 } }', 'expression'],
  ['BigInt()', 'return BigInt(a)', 'global'],
  ['setTimeout', 'setTimeout(a, b)', 'global'],
  ['fetch', 'fetch(a)', 'global'],
  ['structuredClone', 'return structuredClone(a)', 'global'],
  ['globalThis', 'return globalThis.x', 'global'],
  ['parseInt', 'return parseInt(a)', 'global'],
  ['process', 'return process.env.x', 'global'],
  ['Promise', 'return Promise.resolve(a)', 'global'],
  ['a write to an undeclared name', 'undeclared = a', 'global'],
  ['arguments', 'return arguments', 'global'],
  ['Array.isArray', 'return Array.isArray(a)', 'global'],
  ['Math.abs', 'return Math.abs(a)', 'member'],
  ['Object.fromEntries', 'return Object.fromEntries(a)', 'member'],
  ['Math as a value', 'return Math', 'member'],
  ['a computed member of a global', 'return Math[a]', 'member'],
  ['console.warn', 'console.warn(a)', 'member'],
  ['String()', 'return String(a)', 'member'],
  ['util.toJson, of the older templates', 'return util.toJson(a)', 'member'],
  ['an unknown member below util', 'return util.time.now()', 'member'],
  ['constructor', 'return a.constructor', 'member'],
  ['a computed constructor', "return a['constructor']", 'member'],
  ['padStart', 'return a.padStart(2)', 'method'],
  ['sort with a comparator', 'return a.sort(b)', 'method'],
  ['entries of an array', 'return a.entries()', 'method'],
  ['returning a function', 'return () => 1', 'function-return'],
]

describe('the check of APPSYNC_JS code', () => {
  it.each(REFUSED)('refuses %s', (_what, statements, rule) => {
    expect(broken(inFunction(statements))).toContain(rule)
  })

  it('refuses eval', () => {
    expect(brokenUnbundled(inFunction('eval(a)'))).toEqual(['global'])
  })

  it('refuses async functions, generators and what they are made of', () => {
    expect(broken('export async function a(b) { return await b }')).toEqual(['function-kind', 'expression'])
    expect(broken('export function* a() { yield 1 }')).toEqual(['function-kind', 'expression'])
  })

  it('refuses new Date, new Map, new Set and new RegExp', () => {
    for (const name of ['Date', 'Map', 'Set', 'RegExp']) {
      expect(broken(inFunction(`return new ${name}(a)`))).toEqual(['expression', 'global'])
    }
  })

  it('refuses a function that calls itself, directly or through others', () => {
    expect(broken('export function a(n) { return n ? a(n - 1) : 0 }')).toEqual(['recursion'])
    expect(broken('export const a = (n) => b(n)\nexport const b = (n) => [n].map((x) => a(x))')).toContain('recursion')
  })

  it('refuses functions as arguments of anything but the listed array methods', () => {
    const twice = 'export function twice(f) { return f() }\n'
    expect(broken(twice + inFunction('return twice(() => 1)'))).toEqual(['function-argument'])
    expect(broken(twice + 'function one() { return 1 }\n' + inFunction('return twice(one)'))).toEqual([
      'function-argument',
    ])
    expect(broken(inFunction('return a.replace(b, () => 1)'))).toEqual(['function-argument'])
    expect(broken('const plus = (x) => x + 1\n' + inFunction('return a.map(plus).filter((x) => x)'))).toEqual([])
  })

  it('refuses a second name for a function', () => {
    expect(broken('const one = (x) => x\n' + inFunction('const two = one; return two(a)'))).toContain(
      'function-reassignment'
    )
  })

  it('refuses a new value for the context and for what is directly in it, and lets the rest be filled', () => {
    const response = '\nexport const response = (ctx) => ctx.result'
    const check = (body: string) =>
      checkAppSyncJs(`export function request(ctx) { ${body}; return {} }${response}`, { fileName: 'sample.js' }).map(
        ({ rule }) => rule
      )
    expect(check('ctx.stash = {}')).toEqual(['context-assignment'])
    expect(check('ctx = {}')).toEqual(['context-assignment'])
    expect(check('delete ctx.args')).toEqual(['context-assignment'])
    expect(check('ctx.stash.seen = true; ctx.args.id = ctx.args.id ?? util.autoId()')).toEqual([])
    expect(check('const f = (ctx) => { ctx.x = 1; return 1 }; f({})')).toEqual([])
  })

  it('refuses imports from anywhere but the modules of AWS, and names that those do not have', () => {
    expect(brokenUnbundled("import { x } from 'node:fs'")).toEqual(['import'])
    expect(brokenUnbundled("import { util } from './util.js'")).toEqual(['import'])
    expect(brokenUnbundled("import { util } from '@aws-appsync/utils'\nutil.error('x')")).toEqual([])
    expect(brokenUnbundled("import { gett } from '@aws-appsync/utils/dynamodb'")).toEqual(['import'])
    expect(brokenUnbundled("import * as ddb from '@aws-appsync/utils/dynamodb'\nddb.fetch({})")).toEqual(['member'])
    expect(brokenUnbundled("import utils from '@aws-appsync/utils'")).toContain('import')
  })

  it('refuses code without both handlers, or with a handler that is no function', () => {
    const check = (code: string) => checkAppSyncJs(code, { fileName: 'sample.js' }).map(({ rule }) => rule)
    expect(check('export function request() { return {} }')).toEqual(['export'])
    expect(check('export const request = {}\nexport const response = () => 1')).toEqual(['export'])
    expect(check('const request = () => 1\nconst response = () => 2\nexport { request, response }')).toEqual([])
    expect(check('export default 1')).toEqual(['export', 'export', 'export'])
  })

  it('takes code of the largest size and refuses one character more, source map included', () => {
    const sized = (length: number) => HANDLERS + '/'.repeat(length - HANDLERS.length)
    expect(checkAppSyncJs(sized(MAX_CODE_CHARACTERS), { fileName: 'sample.js' })).toEqual([])
    const [finding] = checkAppSyncJs(sized(MAX_CODE_CHARACTERS + 1), { fileName: 'sample.js' })
    expect(finding).toMatchObject({ rule: 'code-size', message: expect.stringContaining('got 32,001') })
  })

  it('reports what does not parse, with its place', () => {
    const [finding] = checkAppSyncJs('export const request = (\n', { fileName: 'sample.js' })
    expect(finding).toMatchObject({ rule: 'syntax', file: 'sample.js', line: 2 })
  })

  it('leads back to the TypeScript file and line', () => {
    const sample = 'export function sample(a: number): never {\n  throw a\n}\n'
    const source = `interface Unused { a: string }\n\n${HANDLERS}${sample}`
    const code = bundle(source, 'resolvers/Query.sample.ts')
    const [finding] = checkAppSyncJs(code, { fileName: 'Query.sample.js' })
    expect(finding).toMatchObject({ file: 'resolvers/Query.sample.ts', line: 6, column: 3, rule: 'statement' })
    expect(finding && formatDiagnostic(finding)).toBe(
      'resolvers/Query.sample.ts:6:3 expected util.error(message, errorType), ' +
        'got throw, which APPSYNC_JS does not support [statement]'
    )
  })
})

describe('what the check lets through', () => {
  it("takes esbuild's ordinary output for legal code", () => {
    const source = `
      import { util, extensions, runtime, type Context } from '@aws-appsync/utils'
      import * as ddb from '@aws-appsync/utils/dynamodb'
      import { operations, put as store } from '@aws-appsync/utils/dynamodb'

      const LIMITS = { page: 100, names: ['a', 'b'] } as const
      const keys = { of: (id: string) => \`\${id}#\${LIMITS.page}\` }
      var later: string | undefined
      function pick({ id, ...rest }: Record<string, unknown>, [first = 1, , third] = [1, 2, 3], ...more: unknown[]) {
        return { id, rest, first, third, more }
      }
      export function request(ctx: Context) {
        const { limit = LIMITS.page, nested: { deep } = { deep: null }, ...values } = ctx.args
        if (limit > LIMITS.page || !ctx.identity)
          util.error(\`expected \${LIMITS.page}, got \${limit}\`, 'InvalidLimit')
        if (ctx.args.skip) return runtime.earlyReturn({ skipped: true }, { skipTo: 'END' })
        ctx.stash.seen = [...(ctx.stash.seen ?? []), ...LIMITS.names]
        ctx.stash.count ||= 1
        delete ctx.stash.old
        const picked = pick(values)
        let sum = 0
        for (const [index, name] of Object.entries({ ...values, deep })) {
          sum += name ? index.length : 0; if (sum > 9) { break } }
        for (const name in values) { sum = sum + (typeof values[name] === 'string' ? 1 : -1) ** 2 }
        switch (sum) { case 1: sum = 2; break; default: sum <<= 1 }
        later ??= util.time.nowISO8601()
        console.log('values', Object.keys(values).map((name) => name.toUpperCase()).join(','), JSON.stringify(picked))
        extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ owner: { eq: ctx.identity.sub } }))
        return store({ key: { id: keys.of(util.autoId()) }, item: { sum, n: operations.increment(1) } as never })
      }
      export const response = (ctx: Context) => {
        const items = ctx.result?.items?.filter((item: { a?: number }) => item.a !== undefined)
          .flatMap((x: unknown) => [x]) ?? []
        return ctx.error ? util.error(ctx.error.message, ctx.error.type) : {
           items, one: ddb.get({ key: {} }), v: void 0, n: NaN }
      }`
    expect(checkAppSyncJs(bundle(source), { fileName: 'sample.js' })).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { compileCode } from '../../../../local/appsync/runtime/compile.ts'
import type { LogLine } from '../../../../local/appsync/runtime/evaluation.ts'
import { bundle } from '../../../tools/appsync-js-check/bundle.ts'
import { run, valueOf } from './in-handler.ts'

describe('a handler', () => {
  it('reads its context by both names of the arguments, and finds null or nothing where nothing was given', () => {
    expect(valueOf('[ctx.args.a, ctx.arguments.a]', { arguments: { a: 1 } })).toEqual([1, 1])
    expect(valueOf('[ctx.args, ctx.stash, ctx.env, ctx.identity, ctx.prev, ctx.result, ctx.error]')).toEqual([
      {},
      {},
      {},
      null,
      null,
      null,
      null,
    ])
  })

  it('reads identity, source, info, request, env, prev, result and error', () => {
    const context = {
      identity: { sub: 's' },
      source: { id: 'i' },
      env: { TABLE: 't' },
      prev: { result: 1 },
      result: [2],
      error: { message: 'm', type: 't' },
      request: { headers: { host: 'h' }, domainName: null },
      info: {
        fieldName: 'image',
        parentTypeName: 'Query',
        variables: {},
        selectionSetList: ['id', 'variants/url'],
        selectionSetGraphQL: '{ id }',
      },
    }
    const members = 'identity,source,env,prev,result,error,request,info'.split(',')
    expect(valueOf(`{ ${members.map((name) => `${name}: ctx.${name}`).join(', ')} }`, context)).toEqual(context)
  })

  it('returns JSON: undefined is null, members that are undefined are left out', () => {
    expect(run('').result).toBeNull()
    expect(valueOf('{ a: undefined, b: NaN, c: [undefined] }')).toEqual({ b: null, c: [null] })
  })

  it('fills the stash, and leaves what it was given alone', () => {
    const stash = { seen: ['a'] }
    const evaluation = run("ctx.stash.seen.push('b'); ctx.stash.count = 1", { stash })
    expect(evaluation.stash).toEqual({ seen: ['a', 'b'], count: 1 })
    expect(stash).toEqual({ seen: ['a'] })
  })

  it('cannot replace what is directly in its context, however it is reached', () => {
    const evaluation = run('const same = ctx; same.stash = {}; return 1')
    expect(evaluation).toMatchObject({ result: null, error: { errorType: 'Code' } })
  })

  it('shares nothing between two evaluations', () => {
    const code = compileCode(
      'export const request = (ctx) => { ctx.args.list.push(1); return ctx.args.list }\n' +
        'export const response = () => null',
      { fileName: 'sample.js' }
    )
    const list: number[] = []
    for (let turn = 0; turn < 2; turn += 1) {
      expect(code.evaluate('request', { arguments: { list } }, { authType: 'x' }).result).toEqual([1])
    }
    expect(list).toEqual([])
  })

  it('runs what esbuild bundles from TypeScript', () => {
    const code = bundle(`
      import { util as u, type Context } from '@aws-appsync/utils'
      import { get } from '@aws-appsync/utils/dynamodb'
      enum Facet { Image = 'IMAGE' }
      const keyOf = (id: string) => ({ id, facet: Facet.Image })
      export const request = (ctx: Context) => get({ key: keyOf(ctx.args.id) })
      export const response = ({ result }: Context) => ({ ...result, id: u.urlEncode(result.id) })`)
    const compiled = compileCode(code, { fileName: 'sample.js' })
    expect(compiled.evaluate('request', { arguments: { id: 'a' } }, { authType: 'x' }).result).toEqual({
      operation: 'GetItem',
      key: { id: { S: 'a' }, facet: { S: 'IMAGE' } },
    })
    expect(compiled.evaluate('response', { result: { id: 'a b', n: 1 } }, { authType: 'x' }).result).toEqual({
      id: 'a+b',
      n: 1,
    })
  })
})

describe('a handler that ends otherwise', () => {
  it('raises util.error with all that it says', () => {
    const { result, error } = run("util.error('expected 1, got 2', 'InvalidLimit', { a: 1 }, { b: 2 }); return 1")
    expect(result).toBeNull()
    expect(error).toEqual({
      message: 'expected 1, got 2',
      errorType: 'InvalidLimit',
      data: { a: 1 },
      errorInfo: { b: 2 },
    })
    expect(run("util.error('m')").error).toEqual({ message: 'm', errorType: null, data: null, errorInfo: null })
  })

  it('keeps what it did before: stash, appended errors, headers', () => {
    const evaluation = run(
      "ctx.stash.a = 1; util.appendError('first', 'A'); util.http.addResponseHeader('n', 7); util.error('last', 'B')"
    )
    expect(evaluation).toMatchObject({
      stash: { a: 1 },
      appendedErrors: [{ message: 'first', errorType: 'A' }],
      responseHeaders: { n: '7' },
      error: { errorType: 'B' },
    })
  })

  it('says when the caller is not authorized', () => {
    expect(run('util.unauthorized()')).toMatchObject({ result: null, unauthorized: true })
  })

  it('returns early, to the next step or to the end', () => {
    expect(run('runtime.earlyReturn({ a: 1 }); return 2')).toMatchObject({
      result: { a: 1 },
      earlyReturn: { value: { a: 1 }, skipTo: 'NEXT' },
    })
    expect(run("runtime.earlyReturn(null, { skipTo: 'END' })").earlyReturn).toEqual({ value: null, skipTo: 'END' })
    expect(run("runtime.earlyReturn(null, { skipTo: 'BACK' })").fault).toContain('got BACK')
  })

  it('answers "Runtime Error" of type Code for a fault of its own, and logs why and where', () => {
    const lines: LogLine[] = []
    const code = bundle(
      'export const request = (ctx: any) => {\n  return ctx.args.a.b.c\n}\nexport const response = () => null',
      'resolvers/Query.sample.ts'
    )
    const compiled = compileCode(code, { fileName: 'Query.sample.js', log: (line) => lines.push(line) })
    const { error, result } = compiled.evaluate('request', { arguments: {} }, { authType: 'x' })
    expect([result, error]).toEqual([
      null,
      { message: 'Runtime Error', errorType: 'Code', data: null, errorInfo: null },
    ])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      level: 'error',
      handler: 'request',
      message: expect.stringMatching(/^TypeError.*resolvers\/Query\.sample\.ts:2:/),
    })
  })

  it('says by name what is not emulated', () => {
    for (const [call, name] of [
      ["util.xml.toMap('<a/>')", 'util.xml.toMap'],
      ["util.rds.toJsonObject('')", 'util.rds.toJsonObject'],
      ["extensions.evictFromApiCache('Query', 'a', {})", 'extensions.evictFromApiCache'],
    ] as const) {
      expect(() => run(`return ${call}`)).toThrow(
        expect.objectContaining({ code: 'NotImplemented', message: expect.stringContaining(name) })
      )
    }
    const rds =
      "import { select } from '@aws-appsync/utils/rds'\n" +
      'export const request = () => select({})\nexport const response = () => null'
    const compiled = compileCode(rds, { fileName: 'sample.js' })
    expect(() => compiled.evaluate('request', {}, { authType: 'x' })).toThrow('@aws-appsync/utils/rds.select')
  })
})

describe('what a handler asks for beside its result', () => {
  it('logs text as it is and everything else as JSON', () => {
    expect(run("console.log('a', 1, { b: [2] }); console.error(null)").logs).toEqual([
      { level: 'info', fileName: 'sample.js', handler: 'request', message: 'a 1 {"b":[2]}' },
      { level: 'error', fileName: 'sample.js', handler: 'request', message: 'null' },
    ])
  })

  it('sets subscription filters and invalidates subscriptions', () => {
    const filter = { filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: 'o' }] }] }
    const { extensions } = run(
      `
      extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ owner: { eq: ctx.identity.sub } }))
      extensions.setSubscriptionInvalidationFilter(${JSON.stringify(filter)})
      extensions.invalidateSubscriptions({ subscriptionField: 'onImageProcessed', payload: { id: 'a' } })`,
      { identity: { sub: 'o' } }
    )
    expect(extensions).toEqual({
      subscriptionFilter: filter,
      invalidationFilter: filter,
      invalidations: [{ subscriptionField: 'onImageProcessed', payload: { id: 'a' } }],
    })
  })

  it('refuses a filter and an invalidation of another shape', () => {
    expect(run("extensions.setSubscriptionFilter({ owner: 'o' })").fault).toContain('filterGroup')
    expect(run('extensions.invalidateSubscriptions({})').fault).toContain('expected {subscriptionField, payload}')
  })
})

describe('the standard objects', () => {
  it('answer an empty text for what is no JSON', () => {
    expect(valueOf("[JSON.parse('{\"a\":1}'), JSON.parse('{'), JSON.parse(undefined)]")).toEqual([{ a: 1 }, '', ''])
  })

  it("take Java's regular expressions in replace and replaceAll", () => {
    expect(valueOf("'a.b.c'.replaceAll('[.]', '-')")).toBe('a-b-c')
    expect(valueOf("'a.b.c'.replace('\\\\.', '-')")).toBe('a-b.c')
    expect(valueOf("'a.b'.replaceAll('.', '-')")).toBe('---')
  })
})

describe('code that AWS would refuse', () => {
  it('does not compile, and says why as the API does', () => {
    const code = 'export function request() {\n  throw 1\n}\nexport function response() {}\n'
    expect(() => compileCode(code, { fileName: 'sample.js' })).toThrow(
      expect.objectContaining({
        code: 'BadRequestException',
        statusCode: 400,
        message: expect.stringMatching(/^The code contains one or more errors\.\nsample\.js:2:3 /),
        members: {
          reason: 'CODE_ERROR',
          detail: {
            codeErrors: [
              {
                errorType: 'LINT_ERROR',
                value: expect.stringContaining('throw'),
                location: { line: 2, column: 2, span: 7 },
              },
            ],
          },
        },
      })
    )
    expect(() => compileCode('export const', { fileName: 'sample.js' })).toThrow(
      expect.objectContaining({
        members: {
          reason: 'CODE_ERROR',
          detail: { codeErrors: [expect.objectContaining({ errorType: 'PARSER_ERROR' })] },
        },
      })
    )
  })
})

import { afterAll, describe, expect, it } from 'vitest'
import { answers, code, type GivenAppSync, startAppSync } from './given.ts'

const SDL = /* GraphQL */ `
  type Thing {
    id: ID!
    name: String
    parent: Thing
    secret: String!
  }
  type Query {
    thing(id: ID, name: String): Thing
    things: [Thing!]
    text(id: String): String
    pipe(id: String): String
  }
`
const step = (request: string, response = 'return ctx.result') => ({ code: code(request, response) })

const started: GivenAppSync[] = []
async function given(
  resolvers: Parameters<typeof startAppSync>[0]['resolvers'],
  rest: Partial<Parameters<typeof startAppSync>[0]> = {},
) {
  const one = await startAppSync({ sdl: SDL, ...(resolvers && { resolvers }), ...rest })
  started.push(one)
  return one
}
afterAll(() => Promise.all(started.map((one) => one.stop())))

describe('a unit resolver', () => {
  it('sees arguments, environment, headers and the selection set', async () => {
    const { query } = await given(
      {
        'Query.text': {
          code: answers(
            `JSON.stringify([
              ctx.args, ctx.arguments, ctx.env, ctx.request.headers["x-own"],
              ctx.info.fieldName, ctx.info.parentTypeName, ctx.info.variables,
            ])`,
          ),
        },
      },
      { api: { EnvironmentVariables: { BASE: 'https://a.example' } } },
    )
    const { data } = await query(
      'query ($id: String = "d") { text(id: $id) }',
      {},
      { 'x-api-key': 'da2-abcdefghijklmnopqrstuvwxyz', 'x-own': 'mine' },
    )
    expect(JSON.parse(String(data?.text))).toEqual([
      { id: 'd' },
      { id: 'd' },
      { BASE: 'https://a.example' },
      'mine',
      'text',
      'Query',
      { id: 'd' },
    ])
  })

  it('is told the selection set with aliases and opened fragments, less what is skipped', async () => {
    const { query } = await given({
      'Query.thing': {
        code: answers('{ id: "1", name: JSON.stringify(ctx.info.selectionSetList) + ctx.info.selectionSetGraphQL }'),
      },
    })
    const { data } = await query(
      '{ thing { called: name ...F parent @skip(if: true) { id } } } fragment F on Thing { parent { id } }',
    )
    const called = String((data?.thing as Record<string, unknown>).called)
    expect(called).toContain('["called","parent","parent/id"]')
    expect(called).toContain('... on Thing {')
  })

  it('serves nested fields with their source', async () => {
    const { query } = await given({
      'Query.things': { code: answers('[{ id: "1" }, { id: "2" }]') },
      'Thing.parent': { code: answers('{ id: `parent of ${ctx.source.id}` }') },
    })
    expect(await query('{ things { parent { id parent { id } } } }')).toEqual({
      data: {
        things: [
          { parent: { id: 'parent of 1', parent: { id: 'parent of parent of 1' } } },
          { parent: { id: 'parent of 2', parent: { id: 'parent of parent of 2' } } },
        ],
      },
    })
  })

  it('keeps the stash between its handlers', async () => {
    const { query } = await given({
      'Query.text': { code: code('ctx.stash.a = 1; return { payload: null }', 'return JSON.stringify(ctx.stash)') },
    })
    expect(await query('{ text }')).toEqual({ data: { text: '{"a":1}' } })
  })

  it('ends early without response handler', async () => {
    const { query } = await given({ 'Query.text': { code: code('runtime.earlyReturn("early")', 'return "late"') } })
    expect(await query('{ text }')).toEqual({ data: { text: 'early' } })
  })
})

describe('errors of the code', () => {
  it('stand beside the message, with the data that was selected', async () => {
    const { query } = await given({
      'Query.thing': {
        code: code(
          'return { payload: null }',
          'util.error("No.", "Refused", { id: "1", name: "n", secret: "s" }, { why: "because" })',
        ),
      },
    })
    expect(await query('{ thing { id called: name } }')).toEqual({
      data: { thing: null },
      errors: [
        {
          path: ['thing'],
          data: { id: '1', called: 'n' },
          errorType: 'Refused',
          errorInfo: { why: 'because' },
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: 'No.',
        },
      ],
    })
  })

  it('are appended without ending the field', async () => {
    const { query } = await given({
      'Query.text': { code: code('return { payload: null }', 'util.appendError("Half.", "Partial"); return "half"') },
    })
    const { data, errors } = await query('{ text }')
    expect([data, errors]).toMatchObject([
      { text: 'half' },
      [{ message: 'Half.', errorType: 'Partial', path: ['text'] }],
    ])
  })

  it('say Unauthorized in the words of AppSync', async () => {
    const { query } = await given({ 'Query.text': { code: code('util.unauthorized()', 'return null') } })
    expect((await query('{ text }')).errors?.[0]).toMatchObject({
      errorType: 'Unauthorized',
      message: 'Not Authorized to access text on type Query',
    })
  })

  it('of the code itself become an error of the field', async () => {
    const { query } = await given({ 'Query.text': { code: code('return ctx.args.id.nothing.there', 'return null') } })
    const { data, errors } = await query('{ text }')
    expect([data, errors?.length]).toEqual([{ text: null }, 1])
  })
})

describe('a pipeline', () => {
  it('hands each step the result before it, and the last one to the after handler', async () => {
    const { query } = await given({
      'Query.pipe': {
        code: code(
          'ctx.stash.seen = []; return "before"',
          'return JSON.stringify([ctx.prev.result, ctx.result, ctx.stash.seen])',
        ),
        functions: [
          step('ctx.stash.seen.push(ctx.prev.result); return { payload: "one" }'),
          step('ctx.stash.seen.push(ctx.prev.result); return { payload: "two" }'),
        ],
      },
    })
    expect(JSON.parse(String((await query('{ pipe }')).data?.pipe))).toEqual(['two', 'two', ['before', 'one']])
  })

  it('skips one step, the rest, or all of them by an early return', async () => {
    const pipe = (before: string, first: string) => ({
      code: code(before, 'return JSON.stringify([ctx.prev.result, ctx.stash.ran])'),
      functions: [step(first), step('ctx.stash.ran = true; return { payload: ctx.prev.result }')],
    })
    const nothing = 'return {}'
    const result = async (before: string, first: string) =>
      JSON.parse(
        String((await (await given({ 'Query.pipe': pipe(before, first) })).query('{ pipe }')).data?.pipe),
      ) as unknown
    expect(await result(nothing, 'runtime.earlyReturn("next")')).toEqual(['next', true])
    expect(await result(nothing, 'runtime.earlyReturn("end", { skipTo: "END" })')).toEqual(['end', null])
    expect(await result('runtime.earlyReturn("all")', nothing)).toEqual(['all', null])
  })

  it('stops at an error of a step', async () => {
    const { query } = await given({
      'Query.pipe': {
        code: code('return {}', 'return "after"'),
        functions: [step('util.error("Stop.", "Stopped")'), step('return { payload: "never" }')],
      },
    })
    expect(await query('{ pipe }')).toMatchObject({ data: { pipe: null }, errors: [{ errorType: 'Stopped' }] })
  })
})

import { afterAll, describe, expect, it } from 'vitest'
import { answers, code, type GivenAppSync, startAppSync } from './given.ts'

const SDL = /* GraphQL */ `
  type Thing {
    id: ID!
    name: String
  }
  type Query {
    things: [Thing!]
    text(id: String): String
  }
`
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

describe('a Lambda data source', () => {
  const lambdaCode = code(
    'return { operation: "Invoke", payload: { id: ctx.args.id } }',
    'return ctx.error ? `${ctx.error.type}: ${ctx.error.message}` : ctx.result',
  )

  it("gives the function's answer, or its error as Lambda:Unhandled", async () => {
    const { query } = await given(
      { 'Query.text': { code: lambdaCode, source: 'function' } },
      {
        invokeLambda: (_arn, payload) =>
          Promise.resolve(
            (payload as { id: string }).id === 'good'
              ? { payload: 'fine' }
              : { functionError: 'Unhandled', payload: { errorMessage: 'boom' } },
          ),
      },
    )
    expect(await query('{ good: text(id: "good") bad: text(id: "bad") }')).toEqual({
      data: { good: 'fine', bad: 'Lambda:Unhandled: boom' },
    })
  })

  it('gathers the calls of siblings up to the batch size', async () => {
    const calls: unknown[][] = []
    const { query } = await given(
      {
        'Query.things': { code: answers('[{ id: "1" }, { id: "2" }, { id: "3" }]') },
        'Thing.name': {
          code: code(
            'return { operation: "BatchInvoke", payload: ctx.source.id }',
            'return ctx.error ? ctx.error.message : ctx.result',
          ),
          source: 'function',
          maxBatchSize: 2,
        },
      },
      {
        invokeLambda: (_arn, payload) => {
          const ids = payload as string[]
          calls.push(ids)
          return Promise.resolve({
            payload: ids.map((id) => (id === '2' ? { errorMessage: 'two fails', errorType: 'Two' } : `name ${id}`)),
          })
        },
      },
    )
    expect(await query('{ things { name } }')).toEqual({
      data: { things: [{ name: 'name 1' }, { name: 'two fails' }, { name: 'name 3' }] },
    })
    expect(calls).toEqual([['1', '2'], ['3']])
  })

  it('gets the whole context when the resolver has no code', async () => {
    const { query } = await given(
      { 'Query.text': { source: 'function' } },
      {
        invokeLambda: (_arn, payload) =>
          Promise.resolve({
            payload: Object.keys(payload as object)
              .sort()
              .join(),
          }),
      },
    )
    expect(await query('{ text }')).toEqual({ data: { text: 'arguments,identity,info,prev,request,source,stash' } })
  })

  it('refuses request objects that it does not know, by MappingTemplate', async () => {
    const { query } = await given({
      'Query.text': {
        code: code('return { operation: "Invoke", payloads: 1 }', 'return "swallowed"'),
        source: 'function',
      },
    })
    expect(await query('{ text }')).toMatchObject({
      data: { text: null },
      errors: [{ errorType: 'MappingTemplate', message: "Unsupported element '$[payloads]'." }],
    })
  })

  it('answers NotImplemented to asynchronous invocations', async () => {
    const { query } = await given({
      'Query.text': {
        code: code('return { operation: "Invoke", payload: 1, invocationType: "Event" }', 'return "swallowed"'),
        source: 'function',
      },
    })
    expect((await query('{ text }')).errors?.[0]?.errorType).toBe('NotImplemented')
  })
})

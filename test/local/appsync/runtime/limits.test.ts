import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileCode } from '../../../../local/appsync/runtime/compile.ts'
import {
  MAX_EVALUATION_MS,
  MAX_EVALUATED_BYTES,
  MAX_LOOP_ITERATIONS,
  MAX_RESPONSE_HEADER_BYTES,
} from '../../../../local/appsync/runtime/limits.ts'
import { MAX_CODE_CHARACTERS } from '../../../../tools/appsync-js-check/limits.ts'
import { run } from './in-handler.ts'

const numbers = (length: number) => Array.from({ length }, (_, index) => index)
const members = (length: number) => Object.fromEntries(numbers(length).map((index) => [`m${index}`, index]))

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the limits of a handler', () => {
  it('let a loop take its most turns, and end the handler at one more', () => {
    const count = 'let n = 0; for (const x of ctx.args.list) { n += 1 } return n'
    expect(run(count, { arguments: { list: numbers(MAX_LOOP_ITERATIONS) } }).result).toBe(MAX_LOOP_ITERATIONS)
    const over = run(count, { arguments: { list: numbers(MAX_LOOP_ITERATIONS + 1) } })
    expect(over).toMatchObject({
      result: null,
      error: { errorType: 'Code' },
      fault: expect.stringContaining('1000 turns'),
    })
  })

  it('count the turns of for-in too', () => {
    const count = 'let n = 0; for (const x in ctx.args.map) n += 1\nreturn n'
    expect(run(count, { arguments: { map: members(MAX_LOOP_ITERATIONS) } }).result).toBe(MAX_LOOP_ITERATIONS)
    expect(run(count, { arguments: { map: members(MAX_LOOP_ITERATIONS + 1) } }).fault).toContain('1000 turns')
  })

  it('count each execution of a loop by itself, also inside of another', () => {
    const count =
      'let n = 0; for (const x of ctx.args.list) for (const y of ctx.args.list) n += 1\n' +
      'for (const z of ctx.args.list) { n += 1 } return n'
    const length = 200
    expect(run(count, { arguments: { list: numbers(length) } }).result).toBe(length * length + length)
  })

  it('end a loop over a list that it makes longer itself', () => {
    expect(run('const list = [1]; for (const x of list) { list.push(x) } return list').fault).toContain('1000 turns')
  })

  it('let a handler return its most bytes, and no more', () => {
    const quotes = 2
    const returned = (length: number) =>
      run('return ctx.args.text', { arguments: { text: 'x'.repeat(length - quotes) } })
    expect(returned(MAX_EVALUATED_BYTES).result).toHaveLength(MAX_EVALUATED_BYTES - quotes)
    expect(returned(MAX_EVALUATED_BYTES + 1)).toMatchObject({
      result: null,
      fault: expect.stringContaining(`at most ${MAX_EVALUATED_BYTES} bytes`),
    })
  })

  it('let code have its most characters, and no more', () => {
    const handlers = 'export const request = () => 1\nexport const response = () => 2\n//'
    const sized = (length: number) => handlers + 'x'.repeat(length - handlers.length)
    expect(
      compileCode(sized(MAX_CODE_CHARACTERS), { fileName: 'a.js' }).evaluate('request', {}, { authType: 'x' }).result
    ).toBe(1)
    expect(() => compileCode(sized(MAX_CODE_CHARACTERS + 1), { fileName: 'a.js' })).toThrow(
      'expected at most 32,000 characters'
    )
  })

  it('let response headers have their most bytes, repeated ones counted again, and no more', () => {
    const add = (length: number) => `util.http.addResponseHeader('n', '${'v'.repeat(length - 1)}')`
    expect(run(add(MAX_RESPONSE_HEADER_BYTES)).fault).toBeUndefined()
    expect(run(add(MAX_RESPONSE_HEADER_BYTES + 1)).fault).toContain(`at most ${MAX_RESPONSE_HEADER_BYTES} bytes`)
    const half = add(MAX_RESPONSE_HEADER_BYTES / 2)
    expect(run(`${half}; ${half}`).fault).toBeUndefined()
    expect(run(`${half}; ${half}; ${add(2)}`).fault).toContain('bytes of response headers')
  })

  it('end a handler that is still in a loop when its time is over', () => {
    const loop = 'for (const x of ctx.args.list) {} return 1'
    const runFor = (milliseconds: number) => {
      vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(milliseconds)
      return run(loop, { arguments: { list: numbers(MAX_LOOP_ITERATIONS) } })
    }
    expect(runFor(MAX_EVALUATION_MS).result).toBe(1)
    expect(runFor(MAX_EVALUATION_MS + 1).fault).toContain(`within ${MAX_EVALUATION_MS} ms`)
  })
})

import { describe, expect, it } from 'vitest'
import { valueOf, run } from './in-handler.ts'

describe('instrumented code', () => {
  it('keeps its meaning where loops are bodies, touch each other or have no braces', () => {
    expect(
      run("let s = ''; if (true) for (const a of [1, 2]) s += a; else for (const b of [3]) s += b; return s").result
    ).toBe('12')
    expect(
      run(
        "let s = ''; for(const a of [1]){s+=a}for(const b of [2]){s+=b}" +
          "for(const c in {x:1})for(const d of [3])s+=c+d; return s"
      ).result
    ).toBe('12x3')
    expect(
      run(
        "let s = ''; switch (1) { case 1: " +
          "for (const a of [1, 2, 3]) { if (a === 2) break; s += a } default: s += 'd' } return s"
      ).result
    ).toBe('1d')
    expect(
      run('for (const a of [1, 2]) { for (const b of [3, 4]) { if (b > 3) { return a * 10 + b } } } return 0').result
    ).toBe(14)
  })

  it('keeps loops inside of functions given to array methods', () => {
    expect(valueOf('[[1, 2], [3]].map((list) => { let n = 0; for (const x of list) { n += x } return n })')).toEqual([
      3, 3,
    ])
  })

  it('keeps loop variables that are vars, destructured, or declared before', () => {
    expect(run('let last; for (last of [1, 2]) {} for (var [k, v] of [[1, 2]]) {} return [last, k, v]').result).toEqual(
      [2, 1, 2]
    )
  })
})

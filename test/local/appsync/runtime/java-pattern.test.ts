import { describe, expect, it } from 'vitest'
import { javaPattern, matchesWhole } from '../../../../local/appsync/runtime/java-pattern.ts'

describe('a Java regular expression', () => {
  it.each([
    ['a*b', 'aaaaab', true],
    ['a*b', 'aaaaabc', false],
    ['[a-f0-9]{4}', 'beef', true],
    ['a|ab', 'ab', true],
    ['(?i)abc', 'ABC', true],
    ['(?is)a.b', 'A\nB', true],
    ['\\p{Alpha}+', 'abc', true],
    ['[\\p{Alpha}_]+', 'a_b', true],
    ['\\p{Lu}.*', 'Éa', true],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['\\Aab\\z', 'ab', true],
    ['\\d+\\.\\d{2}', '12.50', true],
  ])('%s matches the whole of %s: %s', (pattern, text, expected) => {
    expect(matchesWhole(pattern, text)).toBe(expected)
  })

  it('that JavaScript cannot follow says so', () => {
    for (const pattern of ['a*+b', 'a++', '(?>a|b)', '[a-z&&[^b]]', '(?x)a']) {
      expect(() => javaPattern(pattern)).toThrow(expect.objectContaining({ code: 'NotImplemented' }))
    }
  })

  it('that is malformed is a fault', () => {
    expect(() => javaPattern('(')).toThrow('expected a Java regular expression')
  })
})

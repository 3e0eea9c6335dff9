import { describe, expect, it } from 'vitest'
import { clockAt, run, valueOf } from '../in-handler.ts'

describe('util', () => {
  it('makes random UUIDs', () => {
    expect(valueOf('util.autoId()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(valueOf('util.autoId() === util.autoId()')).toBe(false)
  })

  it('makes ULIDs that begin with the time', () => {
    // The example of github.com/ulid/spec: 01ARYZ6S41TSV4RRFFQ69G5FAV was made at 1469918176385.
    expect(valueOf('util.autoUlid()', {}, clockAt(1_469_918_176_385))).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/)
    const at = (ms: number) => String(valueOf('util.autoUlid()', {}, clockAt(ms)))
    expect(at(2_000) > at(1_999)).toBe(true)
  })

  it('makes KSUIDs that sort by the second', () => {
    // The example of github.com/segmentio/ksuid: 0ujtsYcgvSTl8PAuAdqWYSMnLOv was made at 1507608047.
    expect(valueOf('util.autoKsuid()', {}, clockAt(1_507_608_047_000))).toMatch(/^0ujts[0-9A-Za-z]{22}$/)
  })

  it('encodes and decodes base64 and URLs', () => {
    expect(valueOf("[util.base64Encode('é'), util.base64Decode('w6k=')]")).toEqual(['w6k=', 'é'])
    expect(valueOf("[util.urlEncode('a b&c/é*~'), util.urlDecode('a+b%26c')]")).toEqual([
      'a+b%26c%2F%C3%A9*%7E',
      'a b&c',
    ])
    expect(run("return util.urlDecode('%')").fault).toContain('expected a URL-encoded text, got %')
  })

  it('escapes text for JavaScript', () => {
    expect(valueOf('util.escapeJavaScript("it\'s \\"a\\"\\n/é")')).toBe('it\\\'s \\"a\\"\\n\\/\\u00E9')
  })

  it('matches whole texts', () => {
    expect(valueOf("[util.matches('a*b', 'aaaaab'), util.matches('a*b', 'aaaaabc')]")).toEqual([true, false])
  })

  it('says how the caller was authorized', () => {
    expect(valueOf('util.authType()')).toBe('User Pool Authorization')
  })

  it('normalizes text', () => {
    expect(valueOf("util.str.normalize('e\\u0301', 'nfc')")).toBe('é')
    expect(run("return util.str.normalize('a', 'nfx')").fault).toContain('expected nfc, nfd, nfkc or nfkd, got nfx')
  })

  it('calculates', () => {
    expect(
      valueOf('[util.math.roundNum(2.5), util.math.roundNum(-2.5), util.math.minVal(1, 2), util.math.maxVal(1, 2)]')
    ).toEqual([3, -2, 1, 2])
    expect(valueOf('util.math.randomDouble()')).toBeLessThan(1)
    expect([3, 4]).toContain(valueOf('util.math.randomWithinRange(3, 5)'))
    expect(run("return util.math.roundNum('1')").fault).toContain('got string')
  })

  it('passes headers on without those that are for AppSync, and adds headers to the response', () => {
    expect(valueOf("util.http.copyHeaders({ Host: 'h', 'x-trace': 't', 'content-length': '1' })")).toEqual({
      'x-trace': 't',
    })
    expect(
      run("util.http.addResponseHeaders({ a: 1, b: 'x', c: { d: 1 } }); util.http.addResponseHeader('A', 2)")
        .responseHeaders
    ).toEqual({
      A: '2',
      b: 'x',
      c: '{"d":1}',
    })
    for (const name of ['x-amzn-requestid', 'X-Amz-Id', 'Content-Type', 'connection']) {
      expect(run(`util.http.addResponseHeader('${name}', 'v')`).fault).toContain(`got ${name}`)
    }
  })
})

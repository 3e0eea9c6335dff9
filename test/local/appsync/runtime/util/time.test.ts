import { describe, expect, it } from 'vitest'
import { clockAt, run, valueOf } from '../in-handler.ts'

/** The instant of the developer guide's examples, 2018-02-06T19:01:35.749Z. */
const NOW = 1_517_943_695_749

const at = (expression: string) => valueOf(`util.time.${expression}`, {}, clockAt(NOW))

/** Calls and answers as the developer guide states them, "Time helpers in util.time". */
const DOCUMENTED: [call: string, answer: unknown][] = [
  ['nowISO8601()', '2018-02-06T19:01:35.749Z'],
  ['nowEpochSeconds()', 1_517_943_695],
  ['nowEpochMilliSeconds()', 1_517_943_695_749],
  ["nowFormatted('yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
  ["nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')", '2018-02-07 03:01:35+0800'],
  ["parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35+0000', 'yyyy-MM-dd HH:mm:ssZ')", 1_517_943_695_000],
  [
    "parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35', 'yyyy-MM-dd HH:mm:ss', 'Australia/Perth')",
    1_517_914_895_000,
  ],
  ["parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')", 1_517_476_865_180],
  ['epochMilliSecondsToSeconds(1517943695750)', 1_517_943_695],
  ['epochMilliSecondsToISO8601(1517943695750)', '2018-02-06T19:01:35.750Z'],
  ["epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
  [
    "epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')",
    '2018-02-07 03:01:35+0800',
  ],
]

describe('util.time', () => {
  it.each(DOCUMENTED)('%s is as documented', (call, answer) => {
    expect(at(call)).toBe(answer)
  })

  it.each([
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2018-02-06T19:01:35.749Z'],
    ['EEE, d MMM yy h:mm a', 'Tue, 6 Feb 18 7:01 PM'],
    ["EEEE d MMMM ''u''", "Tuesday 6 February '2018'"],
    ['H K k xx', '19 7 19 +0000'],
  ])('writes the pattern %s', (pattern, text) => {
    expect(at(`nowFormatted(ctx.args.p)`.replace('ctx.args.p', JSON.stringify(pattern)))).toBe(text)
  })

  it('reads back what it wrote', () => {
    const pattern = JSON.stringify('d MMMM yyyy, hh:mm:ss.SSS a XXX')
    expect(
      at(`parseFormattedToEpochMilliSeconds(util.time.nowFormatted(${pattern}, 'Asia/Kolkata'), ${pattern})`)
    ).toBe(NOW)
  })

  it('knows when clocks change', () => {
    expect(at("parseFormattedToEpochMilliSeconds('2026-03-29 03:30', 'yyyy-MM-dd HH:mm', 'Europe/Zurich')")).toBe(
      Date.UTC(2026, 2, 29, 1, 30)
    )
    expect(at("epochMilliSecondsToFormatted(0, 'HH:mm', '-03:30')")).toBe('20:30')
  })

  it('refuses what is no time, no such day, no zone and no pattern of its own', () => {
    expect(run("return util.time.parseISO8601ToEpochMilliSeconds('yesterday')").fault).toContain('got yesterday')
    expect(run("return util.time.parseFormattedToEpochMilliSeconds('2018-02-30', 'yyyy-MM-dd')").fault).toContain(
      'got 2018-02-30'
    )
    expect(run("return util.time.parseFormattedToEpochMilliSeconds('2018', 'yyyy-MM-dd')").fault).toContain(
      'written as yyyy-MM-dd'
    )
    expect(run("return util.time.nowFormatted('HH', 'Mars/Olympus')").fault).toContain('got Mars/Olympus')
    expect(() => run("return util.time.nowFormatted('YYYY-ww')")).toThrow(
      expect.objectContaining({ code: 'NotImplemented' })
    )
  })
})

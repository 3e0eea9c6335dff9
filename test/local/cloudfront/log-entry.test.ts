import { describe, expect, it } from 'vitest'
import { logLine, type LogEntry } from '../../../local/cloudfront/log-entry.ts'
import { ENTRY, FIELDS } from './given-log.ts'

describe('a line of the log', () => {
  const fieldsOf = (entry: LogEntry, includeCookies = false) => logLine(entry, includeCookies).trimEnd().split('\t')
  const at = (entry: LogEntry, name: string, includeCookies = false) =>
    fieldsOf(entry, includeCookies)[FIELDS.split(' ').indexOf(name)]

  it('encodes what would break it, and leaves alone what came encoded', () => {
    expect(fieldsOf(ENTRY)).toHaveLength(33)
    expect(at(ENTRY, 'cs-uri-stem')).toBe('/processed/a%20b/480.webp')
    expect(at(ENTRY, 'cs(User-Agent)')).toBe('Mozilla/5.0%20(X11)%09%C3%A9')
    expect([at(ENTRY, 'date'), at(ENTRY, 'time'), at(ENTRY, 'time-taken')]).toEqual(['2026-11-20', '11:55:16', '0.042'])
  })

  it('holds cookies where the distribution says so alone', () => {
    expect([at(ENTRY, 'cs(Cookie)'), at(ENTRY, 'cs(Cookie)', true)]).toEqual(['-', 'a=b'])
  })

  it('says 000 where there was no answer', () => {
    const entry = { ...ENTRY, status: 0, result: undefined, isBrokenOff: true }
    expect([at(entry, 'sc-status'), at(entry, 'x-edge-result-type')]).toEqual(['000', 'Error'])
  })

  it.each(['Hit', 'RefreshHit', 'Miss', 'Error'])('says %s, and Error too when it was broken off', (result) => {
    const names = ['x-edge-result-type', 'x-edge-response-result-type', 'x-edge-detailed-result-type']
    const types = (entry: LogEntry) => names.map((name) => at(entry, name))
    expect(types({ ...ENTRY, result })).toEqual([result, result, result])
    expect(types({ ...ENTRY, result, isBrokenOff: true })).toEqual(['Error', result, 'Error'])
  })
})

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNextTokens } from '../../../local/appsync/dynamodb/next-tokens.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'next-tokens-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

describe('nextToken', () => {
  const key = { id: { S: 'secret-id' } }

  it('outlives a restart and hides what it holds', () => {
    const token = createNextTokens(dataDir).seal(key, 'list')
    expect(createNextTokens(dataDir).open(token, 'list')).toEqual(key)
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('secret-id')
    expect(statSync(join(dataDir, 'next-token.key')).mode & 0o777).toBe(0o600)
  })

  it('opens for its own list alone, and not when a single bit was changed', () => {
    const tokens = createNextTokens(dataDir)
    const token = tokens.seal(key, 'list')
    expect(tokens.open(token, 'other')).toBeUndefined()
    for (const at of [0, 12, 28, Buffer.from(token, 'base64url').length - 1]) {
      const bytes = Buffer.from(token, 'base64url')
      bytes[at] = (bytes[at] ?? 0) ^ 1
      expect(tokens.open(bytes.toString('base64url'), 'list')).toBeUndefined()
    }
    expect(tokens.open('', 'list')).toBeUndefined()
  })

  it('differs each time it is made', () => {
    const tokens = createNextTokens(dataDir)
    expect(tokens.seal(key, 'list')).not.toBe(tokens.seal(key, 'list'))
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXCEPTIONS } from './exceptions.ts'

const ROOT = join(import.meta.dirname, '..', '..')

describe('the list of exceptions', () => {
  const page = readFileSync(join(ROOT, 'docs', 'contract.md'), 'utf8')
  const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('exceptions'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n')

  it.each(Object.keys(EXCEPTIONS))('%s stands in docs/contract.md, and a test names it', (name) => {
    expect(page).toContain(`| \`${name}\` |`)
    expect(tests).toContain(`EXCEPTIONS.${name}`)
  })
})

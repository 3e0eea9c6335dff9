import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXCEPTIONS } from './exceptions.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const page = readFileSync(join(ROOT, 'docs', 'contract.md'), 'utf8')
/** Test files that say nothing of what a client may rely on. */
const OF_THE_SUITE_ITSELF = ['exceptions', 'run']

describe('docs/contract.md', () => {
  it('says what every file of the suite is about', () => {
    const names = readdirSync(import.meta.dirname).flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.slice(1) ?? [])
    const cells = page.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|')[1]!)
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
    const untold = names.filter((name) => !OF_THE_SUITE_ITSELF.includes(name) && !named.includes(name))
    expect(untold).toEqual([])
  })
})

describe('the list of exceptions', () => {
  const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('exceptions'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n')

  it.each(Object.keys(EXCEPTIONS))('%s stands in docs/contract.md, and a test names it', (name) => {
    expect(page).toContain(`| \`${name}\` |`)
    expect(tests).toContain(`EXCEPTIONS.${name}`)
  })
})

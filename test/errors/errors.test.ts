import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FAILURE_CODES } from '../../functions/lib/failures.ts'
import { ERROR_TYPES } from './error-types.ts'
import { errorsDocument } from './errors-document.ts'
import { findErrorTypes } from './find-error-types.ts'
import { enumValues, WITHHELD } from './withheld-states.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const sentences = findErrorTypes(join(ROOT, 'resolvers'))

/** Text of every test but those of this folder. */
function tests(): string {
  const folder = join(ROOT, 'test')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('errors'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

describe('docs/errors.md', () => {
  it('says what the code says; else run `npx tsx test/errors/write-errors.ts`', () => {
    expect(readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')).toBe(errorsDocument(sentences))
  })

  it('tells of every errorType of the resolvers what to do, and of no other', () => {
    expect(Object.keys(ERROR_TYPES).sort()).toEqual([...sentences.keys()].sort())
  })

  it.each(Object.entries(WITHHELD))('tells of every %s in which something is withheld what to do', (name, states) => {
    const fine = { LabelsStatus: ['READY'], ModerationStatus: ['NOT_ASKED', 'CLEARED'] }[name]!
    expect([...Object.keys(states), ...fine].sort()).toEqual([...enumValues(name).keys()].sort())
    for (const { remedy } of Object.values(states)) expect(remedy).toMatch(/^[A-Z].*\.$/)
  })

  it('fills limits in, and leaves out what only the caller knows', () => {
    expect(sentences.get('InvalidLimit')).toEqual(['limit must be between 1 and 100, got ….'])
    expect(sentences.get('UnsupportedContentType')?.[0]).toContain('one of image/jpeg, image/png, ')
  })
})

describe('every code', () => {
  const text = tests()

  it.each([...Object.keys(ERROR_TYPES), ...FAILURE_CODES])('%s is named by a test', (code) => {
    expect(text).toMatch(new RegExp(`\\b${code}\\b`))
  })

  it.each(Object.entries(ERROR_TYPES))('%s says who is at fault and what to do', (_, { remedy }) => {
    expect(remedy).toMatch(/^[A-Z].*\.$/)
  })
})

describe('an error without a type', () => {
  it('is found with file and line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'darkroom-errors-'))
    await writeFile(join(folder, 'Query.a.ts'), "\nutil.error('Something.')\n")
    expect(() => findErrorTypes(folder)).toThrow('resolvers/Query.a.ts:2: expected util.error')
    await rm(folder, { recursive: true })
  })
})

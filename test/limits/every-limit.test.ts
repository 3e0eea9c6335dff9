import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../infra/synth.ts'
import { LIMITS_PAGE, limitsPage } from '../../tools/limits/limits-page.ts'
import { LIMIT_FILES, readLimits, type LimitFile } from '../../tools/limits/read-limits.ts'
import { COVERED } from './covered.ts'

/** Folders whose files of limits have to be in the list. */
const SOURCES = ['resolvers', 'functions', 'local', 'infra', 'tools']
const LIMITS = /(^|-)limits\.ts$/

/** `import { A, B } from './limits.ts'` and `import * as limits from './limits.ts'`. */
const IMPORT = /import (?:\{([^}]*)\}|\* as (\w+)) from '([^']*limits\.ts)'/g

const files = Object.keys(LIMIT_FILES) as LimitFile[]

/** `<file of limits> <constant>` for every constant that some test imports and uses. */
async function namedInTests(): Promise<Set<string>> {
  const names = new Set<string>()
  for (const file of await readdir(join(ROOT, 'test'), { recursive: true })) {
    if (!file.endsWith('.test.ts')) continue
    const path = join(ROOT, 'test', file)
    const text = readFileSync(path, 'utf8')
    for (const [statement, members, namespace, specifier = ''] of text.matchAll(IMPORT)) {
      const source = relative(ROOT, resolve(dirname(path), specifier))
      const imported = members?.split(',').map((name) => name.trim()) ?? []
      const used = namespace === undefined ? [] : [...text.matchAll(new RegExp(`\\b${namespace}\\.(\\w+)`, 'g'))]
      for (const name of [...imported, ...used.map(([, member = '']) => member)]) {
        const rest = text.replace(statement, '')
        if (name && new RegExp(`\\b${name}\\b`).test(rest)) names.add(`${source} ${name}`)
      }
    }
  }
  return names
}

describe('every limit', () => {
  it('stands in a file that is listed', async () => {
    const found = await Promise.all(SOURCES.map(async (folder) => {
      const entries = await readdir(join(ROOT, folder), { recursive: true })
      return entries.map((entry) => `${folder}/${entry}`)
    }))
    const limitFiles = found.flat().filter((entry) => LIMITS.test(entry.split('/').at(-1) ?? ''))
    const tools = ['tools/limits/read-limits.ts', 'tools/limits/write-limits.ts']
    expect(limitFiles.filter((file) => !tools.includes(file)).sort()).toEqual([...files].sort())
  })

  it.each(files)('of %s is held from both sides by a test', async (file) => {
    const named = await namedInTests()
    const covered = COVERED[file] ?? {}
    const limits = await readLimits(ROOT, file)
    const untested = limits.filter(({ name }) => !named.has(`${file} ${name}`) && !Object.hasOwn(covered, name))
    expect(untested.map(({ name }) => name)).toEqual([])
    const names = limits.map(({ name }) => name)
    expect(Object.keys(covered).filter((name) => !names.includes(name))).toEqual([])
  })

  it.each(Object.values(COVERED).flatMap((rows) => Object.entries(rows)))(
    '%s has the test that is named for it',
    async (_name, [testFile, title]) => {
      expect(await readFile(join(ROOT, testFile), 'utf8')).toContain(title)
    },
  )

  it.each(files)('of %s says what it is', async (file) => {
    for (const { name, sentence } of await readLimits(ROOT, file)) expect(sentence, name).not.toBe('')
  })

  it('is on the page, and the page is not stale', async () => {
    expect(await readFile(join(ROOT, LIMITS_PAGE), 'utf8')).toBe(await limitsPage(ROOT))
  })
})

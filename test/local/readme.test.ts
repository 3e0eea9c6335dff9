import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../infra/synth.ts'
import { findRefusals } from './refusals.ts'

const LOCAL = join(ROOT, 'local')
const STATES = ['yes', 'partly', 'no']

const readmes = (await readdir(LOCAL, { recursive: true })).filter((file) => basename(file) === 'README.md')
const textOf = (readme: string) => readFileSync(join(LOCAL, readme), 'utf8')

/** Cells of every row of every table, heads and rules left out. */
function rowsOf(text: string): string[][] {
  const isRule = (line: string | undefined) => line?.startsWith('|---') ?? false
  return text
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()))
}

const isTested = (cell: string): boolean => /\.test\.ts`/.test(cell)
const testFiles = (cell: string): string[] => [...cell.matchAll(/`([^`]*\.test\.ts)`/g)].map(([, file = '']) => file)

describe('the table of what is emulated', () => {
  const start = textOf('README.md').indexOf('## What is emulated')
  const end = textOf('README.md').indexOf('## When to use AWS instead')
  const rows = rowsOf(textOf('README.md').slice(start, end))

  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(50)
  })

  it.each(rows)('says %s of "%s", by a test that exists: %s', (state, behaviour, test) => {
    expect(STATES).toContain(state)
    expect(behaviour).not.toBe('')
    const files = testFiles(test ?? '')
    expect(files).not.toEqual([])
    for (const file of files) expect(existsSync(join(ROOT, 'test', file)), file).toBe(true)
  })

  it('names every service that has a folder', async () => {
    const folders = (await readdir(LOCAL, { withFileTypes: true })).filter((entry) => entry.isDirectory())
    const text = textOf('README.md')
    const unlinked = folders.map(({ name }) => name)
      .filter((name) => existsSync(join(LOCAL, name, 'README.md')) && !text.includes(`(${name}/README.md)`))
    expect(unlinked).toEqual([])
  })
})

describe("a service's own page", () => {
  const pages = readmes.filter((readme) => readme !== 'README.md')

  it.each(pages)('%s names tests that exist', async (page) => {
    const folder = join(ROOT, 'test', 'local', dirname(page))
    const text = await readFile(join(LOCAL, page), 'utf8')
    const missing = testFiles(text).filter((file) => {
      return !existsSync(join(folder, file)) && !existsSync(join(ROOT, file)) && !existsSync(join(ROOT, 'test', file))
    })
    expect(missing).toEqual([])
    expect(isTested(text)).toBe(true)
  })
})

describe('what is refused by name', () => {
  it('stands on a page, in the words of the refusal', async () => {
    const pages = readmes.map(textOf).join('\n')
    const refusals = await findRefusals(ROOT)
    expect(refusals.length).toBeGreaterThan(50)
    expect(refusals.filter(({ text }) => !pages.includes(`\`${text}\``))).toEqual([])
  })

  it('is refused by the code: no words are left of what is emulated by now', async () => {
    const text = textOf('README.md')
    const index = text.slice(text.indexOf('## Refused by name'))
    const said = new Set((await findRefusals(ROOT)).map(({ text: words }) => words))
    const listed = [...index.matchAll(/(?<=[:,]\s+)`([^`]+)`/g)].map(([, words = '']) => words)
    expect(listed.length).toBeGreaterThan(50)
    expect(listed.filter((words) => !said.has(words))).toEqual([])
  })
})

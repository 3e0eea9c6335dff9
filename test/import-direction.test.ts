import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** What each folder may import of the others: always from its left, and `local` from none of the product's. */
const MAY_IMPORT: Record<string, string[]> = {
  generated: [],
  tools: [],
  resolvers: ['generated'],
  functions: ['generated', 'resolvers'],
  infra: ['generated', 'resolvers', 'functions', 'tools'],
  local: ['tools'],
  client: ['generated'],
  web: ['generated', 'client'],
  bin: ['local'],
}

/** Files at the top that a folder may read: the check for stale code needs the generator's configuration. */
const ALLOWED_TOP_LEVEL: Record<string, string[]> = { tools: ['codegen.ts'] }

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) => match[1]!)
}

describe('imports point one way', () => {
  it.each(Object.keys(MAY_IMPORT))('%s imports nothing from its right', (folder) => {
    const files = sourceFiles(folder)
    expect(files.length).toBeGreaterThan(0)
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .map((specifier) => relative(ROOT, resolve(dirname(file), specifier)))
        .filter((target) => {
          const top = target.split('/')[0]!
          return top !== folder && !MAY_IMPORT[folder]!.includes(top) && !ALLOWED_TOP_LEVEL[folder]?.includes(target)
        })
        .map((target) => `${relative(ROOT, file)} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it.each(['resolvers', 'functions', 'infra'])('%s does not know of the local run', (folder) => {
    const knowing = sourceFiles(folder).filter((file) => /['"`/]local\//.test(readFileSync(file, 'utf8')))
    expect(knowing.map((file) => relative(ROOT, file))).toEqual([])
  })
})

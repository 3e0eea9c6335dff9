import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RESOLVER_DATA_SOURCES } from '../../infra/api.ts'
import { findResolvers } from '../../infra/bundle/resolver-files.ts'
import { findWiringFaults } from '../../infra/resolver-wiring.ts'
import { ROOT } from '../../infra/synth.ts'
import { givenFolder } from './given.ts'

const SDL = `
  type Query { photo(id: ID!): Photo @aws_iam }
  type Mutation { develop: Photo }
  type Photo { id: ID! taken: AWSDateTime }
`

describe('the wiring', () => {
  it('of the product has a file and a data source for every field, and nothing left over', async () => {
    const sdl = await readFile(join(ROOT, 'schema.graphql'), 'utf8')
    expect(findWiringFaults(sdl, await findResolvers(ROOT), RESOLVER_DATA_SOURCES)).toEqual([])
  })

  const folder = givenFolder()
  let count = 0
  const givenFiles = async (...paths: string[]) => {
    const root = join(folder.path, String(count += 1))
    for (const path of paths) {
      await mkdir(dirname(join(root, 'resolvers', path)), { recursive: true })
      await writeFile(join(root, 'resolvers', path), '')
    }
    return root
  }

  it('names a field without a resolver', async () => {
    const resolvers = await findResolvers(await givenFiles('Query.photo.ts'))
    expect(findWiringFaults(SDL, resolvers, { 'Query.photo': 'none' })).toEqual([
      'Mutation.develop is in the schema, but there is no resolvers/Mutation.develop.ts.',
    ])
  })

  it('names a file without a field, a file without a row, and a row without a file', async () => {
    const root = await givenFiles(
      'Query.photo.ts', 'Photo.taken.ts', 'Photo.gone.ts', 'Mutation.develop/index.ts', 'Mutation.develop/1.dip.ts',
    )
    const rows = Object.fromEntries(
      ['Query.photo', 'Photo.taken', 'Photo.gone', 'Mutation.develop/2.fix'].map((name) => [name, 'none']),
    )
    expect(findWiringFaults(SDL, await findResolvers(root), rows)).toEqual([
      'resolvers/Photo.gone.ts: the schema has no Photo.gone.',
      'resolvers/Mutation.develop/1.dip.ts has no row in RESOLVER_DATA_SOURCES of infra/api.ts.',
      'RESOLVER_DATA_SOURCES of infra/api.ts has a row "Mutation.develop/2.fix", but there is no such file.',
    ])
  })

  it('takes the steps of a pipeline in the order of their numbers, and leaves shared code alone', async () => {
    const steps = Array.from({ length: 10 }, (_, index) => `Mutation.develop/${index + 1}.step${index + 1}.ts`)
    const root = await givenFiles(...steps, 'Mutation.develop/index.ts', 'Mutation.develop/stash.ts', 'lib/keys.ts')
    expect(await findResolvers(root)).toMatchObject([{
      kind: 'pipeline',
      typeName: 'Mutation',
      fieldName: 'develop',
      file: { name: 'Mutation.develop/index' },
      steps: steps.map((path, index) => ({
        name: `step${index + 1}`, file: { name: path.replace('.ts', ''), path: `resolvers/${path}` },
      })),
    }])
  })

  it.each([
    [['photo.ts'], 'resolvers/photo.ts: expected a name such as Query.image, got "photo".'],
    [['Mutation.develop/1.dip.ts'], 'resolvers/Mutation.develop: expected index.ts beside its steps.'],
    [['Mutation.develop/index.ts'], 'expected a step such as 1.putImage.ts, found none.'],
    [
      ['Mutation.develop/index.ts', 'Mutation.develop/2.dip.ts'],
      'resolvers/Mutation.develop/2.dip.ts: expected step 1, got 2.',
    ],
  ])('refuses %o', async (paths, sentence) => {
    await expect(findResolvers(await givenFiles(...paths))).rejects.toThrow(sentence)
  })
})

import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkResolverBundles } from '../../infra/bundle/check-resolvers.ts'
import { bundleFunctions, type FunctionBundle } from '../../infra/bundle/functions.ts'
import { bundleResolvers } from '../../infra/bundle/resolvers.ts'
import { sizeTable } from '../../infra/bundle/sizes.ts'
import { givenFolder } from './given.ts'

const FUNCTION = `
  import sharp from 'sharp'
  import { greet } from './lib/greet.ts'
  export const handler = async () => greet(typeof sharp)
`

const GREET = `
  export const greet = (name: string) => 'Hello, ' + name
  export const unused = 'not used'
`

const folder = givenFolder()

async function write(root: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

describe('a function', () => {
  let bundles: FunctionBundle[]
  const files = {
    'functions/develop-image.ts': FUNCTION,
    'functions/lib/greet.ts': GREET,
  }
  beforeAll(async () => {
    await write(folder.path, files)
    bundles = await bundleFunctions(folder.path, join(folder.path, 'out'))
  })
  const codeOf = (bundle: FunctionBundle | undefined) => readFile(join(bundle?.folder ?? '', 'index.js'), 'utf8')

  it('is one file alone in its folder; its source map lies elsewhere', async () => {
    expect(bundles.map(({ name }) => name)).toEqual(['develop-image'])
    expect(await readdir(bundles[0]?.folder ?? '')).toEqual(['index.js'])
    expect(await readdir(join(folder.path, 'out', 'maps'))).toEqual(['develop-image.js.map'])
  })

  it('holds what it uses and nothing else, and asks for sharp at run time', async () => {
    const code = await codeOf(bundles[0])
    expect(code).toContain('require("sharp")')
    expect(code).toContain('Hello, ')
    expect(code).not.toContain('not used')
    expect(bundles[0]?.byteSize).toBe(Buffer.byteLength(code))
  })

  it('is the same bytes for the same sources, wherever they lie', async () => {
    const elsewhere = join(folder.path, 'elsewhere')
    await write(elsewhere, files)
    const again = await bundleFunctions(elsewhere, join(elsewhere, 'out'))
    expect(await codeOf(again[0])).toBe(await codeOf(bundles[0]))
  })

  it('that does not compile is refused with file and line', async () => {
    const broken = join(folder.path, 'broken')
    await write(broken, {
      'functions/broken.ts': 'export const handler = () => gone()\nimport { gone } from "./gone.ts"',
    })
    await expect(bundleFunctions(broken, join(broken, 'out')))
      .rejects.toThrow(/^functions\/broken\.ts:2:22: .*gone\.ts/)
  })
})

describe('a resolver', () => {
  const file = (name: string) => ({ name, path: `resolvers/${name}.ts` })
  const FINE = `
    import { util } from '@aws-appsync/utils'
    import { key } from './lib/key.ts'
    export function request(ctx: { args: { id: string } }) { return { operation: 'GetItem', key: key(ctx.args.id) } }
    export function response() { return util.time.nowISO8601() }
  `
  const LIB = `
    import { util } from '@aws-appsync/utils'
    export const key = (id: string) => util.dynamodb.toMapValues({ id })
    export const fail = () => { throw new Error('never') }
  `

  it('is one module that imports what AppSync provides, and nothing that it does not use', async () => {
    await write(folder.path, { 'resolvers/Query.fine.ts': FINE, 'resolvers/lib/key.ts': LIB })
    const [bundle] = await bundleResolvers(folder.path, [file('Query.fine')])
    expect(bundle?.code).toMatch(/from "@aws-appsync\/utils"/)
    expect(bundle?.code).not.toContain('throw')
    expect(bundle?.code).not.toContain('sourceMappingURL')
    expect(() => checkResolverBundles(bundle ? [bundle] : [])).not.toThrow()
    expect(sizeTable([], bundle ? [bundle] : []))
      .toMatch(/^resolvers\/Query\.fine +0\.\d kB {2}\d % of AppSync's limit$/)
  })

  it('that AppSync would refuse is refused with the TypeScript file and line, once', async () => {
    const using = (name: string) => `
      import { fail } from './lib/fail.ts'
      export function request() { return fail() }
      export function response() { return '${name}' }
    `
    await write(folder.path, {
      'resolvers/Query.a.ts': using('a'),
      'resolvers/Query.b.ts': using('b'),
      'resolvers/lib/fail.ts': 'export function fail() {\n  throw new Error("no")\n}\n',
    })
    const bundles = await bundleResolvers(folder.path, [file('Query.a'), file('Query.b')])
    const message = (() => {
      try {
        checkResolverBundles(bundles)
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
      return ''
    })()
    const throws = message.split('\n').filter((line) => line.includes('throw'))
    expect(throws).toHaveLength(1)
    expect(throws[0]).toMatch(/^resolvers\/lib\/fail\.ts:2:3 /)
  })
})

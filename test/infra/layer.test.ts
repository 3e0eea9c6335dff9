import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { layerAsset, readTemplate } from '../../infra/assembly.ts'
import { assertDeployable } from '../../infra/deployable.ts'
import { EM_AARCH64, readElfMachine } from '../../infra/layers/elf.ts'
import { installLayer, isLayerInstalled, SHARP_LAYER_SOURCE } from '../../infra/layers/install.ts'
import { DEFAULT_STACK_NAME, ROOT } from '../../infra/synth.ts'
import { givenFolder } from './given.ts'

/** What is read of a package.json, or of its lock. */
interface Manifest {
  dependencies: Record<string, string>
  packages: Record<string, { version: string; resolved?: string }>
}

/** e_machine of x86-64. Source: ELF specification. */
const EM_X86_64 = 0x3e

const readManifest = async (...path: string[]): Promise<Manifest> => JSON.parse(await readFile(join(...path), 'utf8'))
const isInstalled = await isLayerInstalled()

/** An ELF file of 20 bytes for one processor. */
function elfFor(machine: number): Buffer {
  const header = Buffer.from('7f454c46020101000000000000000000030000000100', 'hex').subarray(0, 20)
  header.writeUInt16LE(machine, 18)
  return header
}

const folder = givenFolder()

/** An assembly whose layer holds native files for the given processors. */
async function givenAssemblyFor(name: string, addon: number | undefined, libvips: number | undefined): Promise<string> {
  const out = join(folder.path, name)
  const modules = join(out, 'asset.layer', 'nodejs', 'node_modules', '@img')
  await mkdir(modules, { recursive: true })
  if (addon) await writeFile(join(modules, 'sharp-linux-arm64-0.35.5.node'), elfFor(addon))
  if (libvips) await writeFile(join(modules, 'libvips-cpp.so.8.18.7'), elfFor(libvips))
  const libheif = join(out, 'asset.layer', 'nodejs', 'node_modules', 'libheif-js', 'libheif-wasm')
  await mkdir(libheif, { recursive: true })
  if (name !== 'no libheif') await writeFile(join(libheif, 'libheif.wasm'), '')
  const Resources = { Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Key: 'layer.zip' } } } }
  await writeFile(join(out, 'Darkroom.template.json'), JSON.stringify({ Resources }))
  return out
}

describe('the sharp layer', () => {
  it('is pinned to the version that the project tests with', async () => {
    const [root, layer, lock] = await Promise.all([
      readManifest(ROOT, 'package.json'),
      readManifest(SHARP_LAYER_SOURCE, 'package.json'),
      readManifest(SHARP_LAYER_SOURCE, 'package-lock.json'),
    ])
    const { sharp: pinned = '', 'libheif-js': libheif = '' } = root.dependencies
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/)
    expect(libheif).toMatch(/^\d+\.\d+\.\d+$/)
    expect(layer.dependencies).toEqual({ 'libheif-js': libheif, sharp: pinned })
    expect(lock.packages['node_modules/sharp']?.version).toBe(pinned)
    expect(lock.packages['node_modules/@img/sharp-linux-arm64']?.version).toBe(pinned)
    expect(lock.packages['node_modules/libheif-js']?.version).toBe(libheif)
  })

  it('has a lock that names no registry', async () => {
    const { packages } = await readManifest(SHARP_LAYER_SOURCE, 'package-lock.json')
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })

  it.runIf(isInstalled)('holds native code for AArch64 in the synthesized asset', async () => {
    const out = inject('assemblyDir')
    const asset = layerAsset(out, await readTemplate(out, DEFAULT_STACK_NAME)) ?? ''
    const files = (await readdir(asset, { recursive: true })).map((file) => join(asset, file))
    const native = files.filter((file) => /\.node$|\.so[.\d]*$/.test(file))
    expect(native).toHaveLength(2)
    for (const file of native) expect([file, await readElfMachine(file)]).toEqual([file, EM_AARCH64])
    await expect(assertDeployable(out, DEFAULT_STACK_NAME)).resolves.toBeUndefined()
  })

  it.runIf(isInstalled)('holds no sources, and not where it came from', async () => {
    const out = inject('assemblyDir')
    const asset = layerAsset(out, await readTemplate(out, DEFAULT_STACK_NAME)) ?? ''
    const files = await readdir(asset, { recursive: true })
    expect(files.filter((file) => /\.(cc|h|gyp|d\.ts)$|\.package-lock\.json$/.test(file))).toEqual([])
    expect(files.filter((file) => /LICENSE/.test(file)).length).toBeGreaterThan(0)
    const code = files.filter((file) => /libheif-js\/libheif.*\.(m?js|wasm)$/.test(file)).map((file) => basename(file))
    expect(code.sort()).toEqual(['libheif.js', 'libheif.wasm'])
  })
})

describe('a deploy', () => {
  it('goes on when sharp is there for arm64', async () => {
    const out = await givenAssemblyFor('complete', EM_AARCH64, EM_AARCH64)
    await expect(assertDeployable(out, 'Darkroom')).resolves.toBeUndefined()
  })

  it.each([
    ['no sharp', undefined, undefined, 'sharp\'s addon for arm64 is missing; libvips for arm64 is missing'],
    ['libvips missing', EM_AARCH64, undefined, 'Not deployed: libvips for arm64 is missing.'],
    ['no libheif', EM_AARCH64, EM_AARCH64, 'Not deployed: libheif is missing.'],
    ['this machine\'s sharp', EM_X86_64, EM_AARCH64, 'sharp\'s addon is expected to be for AArch64 (0xb7), got 0x3e'],
  ])('is refused with %s', async (name, addon, libvips, sentence) => {
    const out = await givenAssemblyFor(name, addon, libvips)
    await expect(assertDeployable(out, 'Darkroom')).rejects.toThrow(sentence)
  })
})

describe('installing the layer', () => {
  it('says in one line why it could not, and leaves nothing half done', async () => {
    const source = join(folder.path, 'source')
    await mkdir(source)
    await cp(join(SHARP_LAYER_SOURCE, 'package.json'), join(source, 'package.json'))
    await cp(join(SHARP_LAYER_SOURCE, 'package-lock.json'), join(source, 'package-lock.json'))
    // Port 9 of this machine is nobody's registry.
    const cache = join(folder.path, 'cache')
    const registry = 'http://127.0.0.1:9/'
    const offline = ['ci', `--registry=${registry}`, `--cache=${cache}`, '--fetch-retries=0', '--loglevel=error']
    await expect(installLayer(source, offline)).rejects.toThrow(/^The sharp layer could not be installed: [A-Z]+\.$/)
    expect((await readdir(source)).sort()).toEqual(['package-lock.json', 'package.json'])
    expect(await isLayerInstalled(source)).toBe(false)
  })

  it.runIf(isInstalled)('is quick when it is there already', async () => {
    const before = performance.now()
    expect(await installLayer()).toBe(false)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

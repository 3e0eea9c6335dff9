import { cp, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App } from 'aws-cdk-lib'
import { RESOLVER_DATA_SOURCES } from './api.ts'
import { BundleError } from './bundle/bundle-error.ts'
import { bundleFunctions, type FunctionBundle } from './bundle/functions.ts'
import { checkResolverBundles } from './bundle/check-resolvers.ts'
import { filesOf, findResolvers } from './bundle/resolver-files.ts'
import { bundleResolvers, type ResolverBundle } from './bundle/resolvers.ts'
import { DarkroomStack } from './darkroom-stack.ts'
import { isLayerInstalled, layerFolder, SHARP_LAYER_SOURCE } from './layers/install.ts'
import { findWiringFaults } from './resolver-wiring.ts'
import { readSettings } from './settings.ts'

/** The project's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Where the assembly goes unless told otherwise. */
export const DEFAULT_OUT = join(ROOT, 'cdk.out')

/** What the stack is called unless told otherwise. */
export const DEFAULT_STACK_NAME = 'Darkroom'

/** How long an asset that no template names any more is kept: a local run may still be reading it. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1_000

export interface SynthOptions {
  /** Absolute path of the assembly. @default cdk.out below the project's folder */
  out?: string
  /** See `Settings`, and `stackName`. @default - none */
  context?: Record<string, string>
  /**
   * Whether to hold the template against CloudFormation's rules, which takes seconds; the template is the same.
   * @default false
   */
  validate?: boolean
  /** The folder that the sharp layer is installed in. @default infra/layers/sharp */
  layerSource?: string
}

export interface Synthesized {
  app: App
  stack: DarkroomStack
  out: string
  functions: FunctionBundle[]
  resolvers: ResolverBundle[]
  /** Whether the assembly holds sharp for arm64; without it, it runs on a laptop and can't be deployed. */
  hasLayer: boolean
}

/**
 * Bundles the code and describes the stack, in this process: no Docker, no network. Nothing is written but the bundles.
 * @throws BundleError for code that AWS would refuse or that nothing is wired to, SettingsError
 */
export async function describe(options: SynthOptions = {}): Promise<Synthesized> {
  const out = options.out ?? DEFAULT_OUT
  const schemaPath = join(ROOT, 'schema.graphql')
  const fields = await findResolvers(ROOT)
  const faults = findWiringFaults(await readFile(schemaPath, 'utf8'), fields, RESOLVER_DATA_SOURCES)
  if (faults.length > 0) throw new BundleError(faults.join('\n'))
  const layerSource = options.layerSource ?? SHARP_LAYER_SOURCE
  const build = join(out, '.build')
  await mkdir(build, { recursive: true })
  const [functions, resolvers, hasLayer] = await Promise.all([
    bundleFunctions(ROOT, build), bundleResolvers(ROOT, filesOf(fields)), isLayerInstalled(layerSource),
  ])
  checkResolverBundles(resolvers)
  const app = new App({
    outdir: out,
    // No network calls, no tree.json, no version metadata: the same sources give the same template.
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validate ?? false,
    context: { ...recommendedFlags(), ...options.context },
  })
  const stackName = options.context?.['stackName'] ?? DEFAULT_STACK_NAME
  const stack = new DarkroomStack(app, stackName, {
    description: 'Darkroom: upload, process and find images',
    settings: readSettings(app.node),
    schemaPath,
    functions,
    resolvers: fields,
    resolverBundles: resolvers,
    sharpLayerFolder: hasLayer ? layerFolder(layerSource) : await withoutNatives(layerSource, build),
  })
  return { app, stack, out, functions, resolvers, hasLayer }
}

/** Writes the assembly, and clears away old assets that it no longer names. */
export async function synthesize(options: SynthOptions = {}): Promise<Synthesized> {
  const described = await describe(options)
  described.app.synth()
  await removeStaleAssets(described.out, described.stack.artifactId)
  return described
}

/** The CDK's behaviours as of the pinned version, as `cdk init` writes them for a new project. */
function recommendedFlags(): Record<string, unknown> {
  const flags: unknown = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json')
  return flags as Record<string, unknown>
}

/** A stand-in for the layer that says what is missing from it: the pinned package.json, and no sharp. */
async function withoutNatives(layerSource: string, build: string): Promise<string> {
  const folder = join(build, 'layer-without-natives')
  await mkdir(join(folder, 'nodejs'), { recursive: true })
  await cp(join(layerSource, 'package.json'), join(folder, 'nodejs', 'package.json'))
  return folder
}

async function removeStaleAssets(out: string, artifactId: string): Promise<void> {
  const manifest = await readFile(join(out, `${artifactId}.assets.json`), 'utf8')
  for (const name of await readdir(out)) {
    if (!name.startsWith('asset.') || manifest.includes(`"${name}"`)) continue
    const { mtimeMs } = await stat(join(out, name))
    if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(join(out, name), { recursive: true })
  }
}

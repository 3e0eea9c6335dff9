import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isRecord } from '../aws/json.ts'
import type { Assembly } from '../aws/resource.ts'
import type { Endpoints } from '../ports.ts'
import { resolveStack } from './resolve-stack.ts'
import { parseTemplate } from './template.ts'

export interface AssemblyOptions {
  /** Used where the stack was synthesized for no region in particular. */
  region: string
  /** Twelve digits; used where the stack was synthesized for no account in particular. */
  accountId: string
  /** Where the local services listen: what URLs in the template become. */
  endpoints: Endpoints
}

/** A manifest's environment, `aws://<account>/<region>`, of a stack that fits every account and region. */
const UNKNOWN = new Set(['unknown-account', 'unknown-region', 'current-account', 'current-region'])

/**
 * Reads what `cdk synth` wrote: one stack, its template resolved, its assets found.
 *
 * One address is composed by the template itself and not by an attribute: `https://<distribution domain>`.
 * Wherever it stands in a property or an output it becomes the local distribution's endpoint.
 * @param directory the cloud assembly, usually `cdk.out`
 * @throws Error in one line when the folder is no assembly or holds not exactly one stack
 * @throws NotImplemented naming every resource type that the local run does not know
 */
export function readAssembly(directory: string, options: AssemblyOptions): Assembly {
  const root = path.resolve(directory)
  const artifacts = recordIn(readJson(root, 'manifest.json'), 'artifacts', 'manifest.json')
  const stacks = Object.entries(artifacts).filter(([, artifact]) => typeOf(artifact) === 'aws:cloudformation:stack')
  const [stack, ...others] = stacks
  if (!stack || others.length > 0) {
    const names = stacks.map(([name]) => name).join(', ') || 'none'
    throw new Error(`The local run reads an assembly of one stack; ${root} holds: ${names}`)
  }
  const [artifactId, artifact] = stack
  const properties = recordIn(artifact, 'properties', 'manifest.json')
  const { account, region } = environmentOf(artifact)
  const templateFile = String(properties.templateFile)
  const assets = new Map<string, string>()
  for (const other of Object.values(artifacts)) {
    if (typeOf(other) !== 'cdk:asset-manifest') continue
    const file = String(recordIn(other, 'properties', 'manifest.json').file)
    collectAssets(readJson(root, file), file, root, assets)
  }
  const stackName = typeof properties.stackName === 'string' ? properties.stackName : artifactId
  const place = {
    stackName,
    region: region && !UNKNOWN.has(region) ? region : options.region,
    accountId: account && !UNKNOWN.has(account) ? account : options.accountId,
  }
  const { resources, outputs } = resolveStack(parseTemplate(readJson(root, templateFile), templateFile), {
    ...place,
    endpoints: options.endpoints,
    bootstrapVersion: properties.requiresBootstrapStackVersion,
  })
  return {
    ...place,
    resources,
    outputs,
    assetPath(objectKey) {
      const found = assets.get(objectKey)
      if (found === undefined) throw new Error(`No asset of the assembly is published as ${objectKey}`)
      return found
    },
  }
}

/** Object key -> absolute path, for every file asset of one asset manifest. */
function collectAssets(manifest: unknown, fileName: string, root: string, assets: Map<string, string>): void {
  for (const asset of Object.values(recordIn(manifest, 'files', fileName))) {
    const source = recordIn(asset, 'source', fileName)
    if (typeof source.path !== 'string') continue
    const absolute = path.resolve(root, source.path)
    const relative = path.relative(root, absolute)
    if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
      throw new Error(`${fileName} names an asset outside of the assembly: ${source.path}`)
    }
    for (const destination of Object.values(recordIn(asset, 'destinations', fileName))) {
      if (isRecord(destination) && typeof destination.objectKey === 'string') {
        assets.set(destination.objectKey, absolute)
      }
    }
  }
}

function readJson(root: string, fileName: string): unknown {
  const file = path.join(root, fileName)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${file} is not JSON: ${error.message}`)
    if (isRecord(error) && error.code === 'ENOENT') throw new Error(`${file} does not exist; was \`cdk synth\` run?`)
    throw error
  }
}

function typeOf(artifact: unknown): unknown {
  return isRecord(artifact) ? artifact.type : undefined
}

function environmentOf(artifact: unknown): { account?: string; region?: string } {
  const environment = isRecord(artifact) ? artifact.environment : undefined
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? []
  return { account, region }
}

function recordIn(holder: unknown, key: string, fileName: string): Record<string, unknown> {
  const value = isRecord(holder) ? holder[key] : undefined
  if (!isRecord(value)) throw new Error(`${fileName} has no object ${key} where the local run expects one`)
  return value
}

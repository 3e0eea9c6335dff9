import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BundleError } from './bundle-error.ts'

/** One `.ts` file whose `request` and `response` AppSync runs. */
export interface ResolverFile {
  /** Path below `resolvers/` without its ending, e.g. `Query.image` or `Mutation.requestUpload/1.signUpload`. */
  name: string
  /** Path below the project's folder. */
  path: string
}

/** A field of the schema, and what resolves it. */
export type FieldResolver =
  | { kind: 'unit'; typeName: string; fieldName: string; file: ResolverFile }
  | { kind: 'pipeline'; typeName: string; fieldName: string; file: ResolverFile; steps: PipelineStep[] }

/** One AppSync function of a pipeline. */
export interface PipelineStep {
  /** What stands behind the number, e.g. `signUpload`. */
  name: string
  file: ResolverFile
}

const COORDINATE = /^(?<typeName>[_A-Za-z]\w*)\.(?<fieldName>[_A-Za-z]\w*)$/
const STEP = /^(?<order>[1-9]\d*)\.(?<name>[_A-Za-z]\w*)\.ts$/

/** Folders of code that resolvers share. */
const SHARED = 'lib'

/**
 * Reads `resolvers/`: the file name is the schema coordinate, a folder is a pipeline, and its steps are numbered.
 * @returns sorted by name; steps in their order
 * @throws BundleError for a name that is no coordinate, a pipeline without `index.ts`, steps that are not 1, 2, 3 ...
 */
export async function findResolvers(root: string): Promise<FieldResolver[]> {
  const folder = join(root, 'resolvers')
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const resolvers: FieldResolver[] = []
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name === SHARED) continue
    if (!entry.isDirectory() && !entry.name.endsWith('.ts')) continue
    const name = entry.isDirectory() ? entry.name : entry.name.slice(0, -'.ts'.length)
    const { typeName, fieldName } = COORDINATE.exec(name)?.groups ?? {}
    if (!typeName || !fieldName) {
      throw new BundleError(`resolvers/${entry.name}: expected a name such as Query.image, got "${name}".`)
    }
    resolvers.push(entry.isDirectory()
      ? { kind: 'pipeline', typeName, fieldName, ...(await readPipeline(folder, name)) }
      : { kind: 'unit', typeName, fieldName, file: { name, path: `resolvers/${name}.ts` } })
  }
  return resolvers
}

async function readPipeline(folder: string, name: string): Promise<{ file: ResolverFile; steps: PipelineStep[] }> {
  const files = await readdir(join(folder, name))
  if (!files.includes('index.ts')) throw new BundleError(`resolvers/${name}: expected index.ts beside its steps.`)
  const steps = files
    .flatMap((file) => {
      const { order, name: step } = STEP.exec(file)?.groups ?? {}
      return order && step ? [{ order: Number(order), name: step, file }] : []
    })
    .sort((a, b) => a.order - b.order)
  steps.forEach(({ order, file }, index) => {
    if (order !== index + 1) {
      throw new BundleError(`resolvers/${name}/${file}: expected step ${index + 1}, got ${order}.`)
    }
  })
  if (steps.length === 0) throw new BundleError(`resolvers/${name}: expected a step such as 1.putImage.ts, found none.`)
  return {
    file: { name: `${name}/index`, path: `resolvers/${name}/index.ts` },
    steps: steps.map((step) => ({
      name: step.name,
      file: { name: `${name}/${step.file.slice(0, -'.ts'.length)}`, path: `resolvers/${name}/${step.file}` },
    })),
  }
}

/** Every file of every resolver, in order. */
export function filesOf(resolvers: FieldResolver[]): ResolverFile[] {
  return resolvers.flatMap((resolver) =>
    resolver.kind === 'unit' ? [resolver.file] : [resolver.file, ...resolver.steps.map((step) => step.file)])
}

import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ROOT, synthesize } from '../infra/synth.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The assembly that every test of this run shares: what `npm run synth` would deploy. */
    assemblyDir: string
  }
}

/** Synthesizes once a run. Below the project's folder, so that the functions find sharp in its node_modules. */
export default async function setup(project: TestProject): Promise<void> {
  const out = join(ROOT, '.test', 'cdk.out')
  await synthesize({ out })
  project.provide('assemblyDir', out)
}

import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ROOT, synthesize } from '../infra/synth.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The assembly that every test of this run shares: what `npm run synth` would deploy. */
    assemblyDir: string
  }
}

/** The one synthesis of this run, whichever of vitest's projects asks for it first. */
const shared = globalThis as { synthesis?: Promise<unknown> }

/** Synthesizes once a run. Below the project's folder, so that the functions find sharp in its node_modules. */
export default async function setup(project: TestProject): Promise<void> {
  const out = join(ROOT, '.test', 'cdk.out')
  shared.synthesis ??= synthesize({ out })
  await shared.synthesis
  project.provide('assemblyDir', out)
}

import type { TestProject } from 'vitest/node'
import { startTarget } from './target/choose-target.ts'
import { deletePeople } from './target/people.ts'

/** One target for the whole run; whoever the run made up is deleted after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { target, stop } = await startTarget(process.env)
  project.provide('target', target)
  return async () => {
    await deletePeople(target).finally(stop)
  }
}

import { fileURLToPath } from 'node:url'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { IConstruct } from 'constructs'
import { runCommand, UsageError } from './command-line.ts'
import { describe } from './synth.ts'

/** @returns one line for each finding that nobody has acknowledged with a reason: rule, construct, what is wrong */
export function findNagFaults(scope: IConstruct): string[] {
  const { violations } = new AwsSolutionsChecks(scope).validateScope(scope)
  return violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? 'unknown'}: ${description}`))
}

async function main(): Promise<void> {
  const { app } = await describe()
  const faults = findNagFaults(app)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  console.log('cdk-nag: AwsSolutions has nothing to say that is not acknowledged with a reason.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runCommand(main)

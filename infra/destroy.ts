import { createInterface } from 'node:readline/promises'
import { readTemplate, retainedResources } from './assembly.ts'
import { readSkipped, requireAwsAccess, runCdk } from './cdk-cli.ts'
import { readStackOptions, runCommand, UsageError } from './command-line.ts'
import { DEFAULT_OUT, synthesize } from './synth.ts'

const USAGE = `Usage: npm run destroy -- [--profile NAME] [--yes] [-c stackName=NAME]

Deletes the stack. Buckets, table and user pool stay, unless it was deployed with -c retain=false.

  --profile NAME      a profile of ~/.aws/config
  --yes               don't ask
  -c stackName=NAME   as it was deployed (Darkroom)`

async function main(): Promise<void> {
  const options = readStackOptions(USAGE)
  if (!options) return
  const { yes, context, stackName } = options
  const { region } = await requireAwsAccess()
  await synthesize({ context })
  const planned = retainedResources(await readTemplate(DEFAULT_OUT, stackName))
  console.log(`Unless ${stackName} was deployed with -c retain=false, these stay:\n${list(planned)}`)
  if (!yes) await confirm(`Delete ${stackName} in ${region}? (y/n) `)
  const kept: { logicalId: string; type: string }[] = []
  const code = await runCdk(
    ['destroy', '--app', DEFAULT_OUT, stackName, '--progress', 'events', '--force'],
    (line) => {
      const skipped = readSkipped(line)
      if (skipped) kept.push(skipped)
    },
  )
  if (code !== 0) throw new UsageError(`${stackName} in ${region} was not deleted: the CDK ended with ${code}.`)
  console.log(kept.length > 0 ? `Left behind:\n${list(kept)}` : 'Nothing is left behind.')
}

/** @throws UsageError unless somebody at the terminal says yes */
async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('Nobody is at the terminal to be asked: say --yes.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question)
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was deleted.')
}

function list(resources: { logicalId: string; type: string }[]): string {
  return resources.map(({ logicalId, type }) => `  ${type}  ${logicalId}`).join('\n')
}

await runCommand(main)

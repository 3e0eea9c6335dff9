import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { amplifyOutputs, pickClientOutputs } from './amplify-outputs.ts'
import { requireAwsAccess, runCdk } from './cdk-cli.ts'
import { readStackOptions, runCommand, UsageError } from './command-line.ts'
import { assertDeployable } from './deployable.ts'
import { installLayer } from './layers/install.ts'
import { DEFAULT_OUT, ROOT, synthesize } from './synth.ts'

const USAGE = `Usage: npm run deploy -- [--profile NAME] [--yes] [-c NAME=VALUE ...]

Synthesizes, deploys the assembly as it is, and writes amplify_outputs.json.
The account must be bootstrapped once: npx cdk bootstrap.

  --profile NAME   a profile of ~/.aws/config
  --yes            don't ask before permissions are widened
  -c NAME=VALUE    as for npm run synth; -c retain=false lets npm run destroy delete the photographs too`

async function main(): Promise<void> {
  const options = readStackOptions(USAGE)
  if (!options) return
  const { yes, context, stackName } = options
  const { region } = await requireAwsAccess()
  await installLayer()
  await synthesize({ context, validate: true })
  await assertDeployable(DEFAULT_OUT, stackName)
  const outputsFile = join(DEFAULT_OUT, 'outputs.json')
  const code = await runCdk([
    'deploy', '--app', DEFAULT_OUT, stackName, '--outputs-file', outputsFile,
    ...(yes ? ['--require-approval', 'never'] : []),
  ])
  if (code !== 0) throw new UsageError(`Not deployed to ${region}: the CDK ended with ${code}.`)
  const outputs: unknown = JSON.parse(await readFile(outputsFile, 'utf8'))
  const ofStack = (outputs as Record<string, Record<string, unknown>>)[stackName] ?? {}
  const file = join(ROOT, 'amplify_outputs.json')
  await writeFile(file, `${JSON.stringify(amplifyOutputs(pickClientOutputs(ofStack)), null, 2)}\n`)
  console.log(`Deployed ${stackName} to ${region}; clients configure themselves from amplify_outputs.json.`)
}

await runCommand(main)

import { targetKind } from './target/choose-target.ts'
import { TargetError, TargetSkipped } from './target/target.ts'

const USAGE = `npm run test:contract [-- FILTER ...]

The contract suite: what clients may rely on, the same for the local run and a deployed stack. A filter is part of a
file's name.

  CONTRACT_TARGET     local (default), or aws: the stack that amplify_outputs.json names; see docs/contract.md
  --help              this text

For a deployed stack:

  CONTRACT_OUTPUTS        another file than amplify_outputs.json
  CONTRACT_MEDIA_BUCKET   the stack's output MediaBucketName, to look into the bucket of the variants
  CONTRACT_ORIGIN         a web page's origin that may upload
  CONTRACT_VARIANTS       which variants it makes, as -c variants has them`

/** Whether AWS can be reached as somebody is found out before anything is started: who is not signed in reads one line. */
async function main(filters: string[]): Promise<void> {
  if (filters.includes('--help')) return console.log(USAGE)
  try {
    if (targetKind(process.env) === 'aws') {
      const { openAwsTarget } = await import('./target/aws-target.ts')
      await openAwsTarget('', process.env)
    }
  } catch (error) {
    if (error instanceof TargetSkipped) return console.log(error.message)
    if (!(error instanceof TargetError)) throw error
    console.error(error.message)
    process.exitCode = 1
    return
  }
  const { startVitest } = await import('vitest/node')
  const vitest = await startVitest('test', filters, { config: 'vitest.contract.config.ts', run: true, watch: false })
  await vitest.close()
}

await main(process.argv.slice(2))

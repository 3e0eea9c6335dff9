import { targetKind } from './target/choose-target.ts'
import { TargetError, TargetSkipped } from './target/target.ts'

/**
 * `npm run test:contract [FILTER ...]`: the contract suite, on the target that CONTRACT_TARGET names. Whether AWS can
 * be reached as somebody is found out before anything is started: who is not signed in reads one line.
 */
async function main(filters: string[]): Promise<void> {
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

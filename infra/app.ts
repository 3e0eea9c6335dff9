import { isAbsolute, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sizeTable } from './bundle/sizes.ts'
import { readContext, runCommand, UsageError } from './command-line.ts'
import { LAYER_MISSING } from './deployable.ts'
import { DEFAULT_OUT, ROOT, synthesize } from './synth.ts'

const USAGE = `Usage: tsx infra/app.ts [--out DIR] [--deployable] [--sizes] [--quiet] [-c NAME=VALUE ...]

  --out DIR         where the assembly goes (cdk.out)
  --deployable      hold the template against CloudFormation's rules, and fail without sharp for arm64
  --sizes           print the size of every bundle
  --quiet           print nothing but errors
  -c NAME=VALUE     stackName, retain, allowedOrigins, processingConcurrency, variants, moderation,
                    moderationMinConfidence, countViews, mediaDomainName, mediaCertificateArn,
                    alarmTopicArn; see infra/settings.ts`

/** Writes the assembly. */
async function main(): Promise<void> {
  const started = performance.now()
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      deployable: { type: 'boolean', default: false },
      sizes: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      context: { type: 'string', short: 'c', multiple: true, default: [] },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return
  }
  const out = values.out ? resolve(values.out) : DEFAULT_OUT
  const { functions, resolvers, hasLayer } = await synthesize({
    out, context: readContext(values.context), validate: values.deployable,
  })
  if (values.deployable && !hasLayer) throw new UsageError(LAYER_MISSING)
  if (values.quiet) return
  if (values.sizes) console.log(sizeTable(functions, resolvers))
  const shown = relative(ROOT, out)
  const where = shown.startsWith('..') || isAbsolute(shown) ? out : shown
  console.log(`Wrote ${where}: ${functions.length} functions, ${resolvers.length} resolver files, `
    + `in ${((performance.now() - started) / 1_000).toFixed(1)} s.`)
}

await runCommand(main)

import { checkAppSyncJs } from '../../tools/appsync-js-check/check.ts'
import { formatDiagnostic } from '../../tools/appsync-js-check/diagnostic.ts'
import { BundleError } from './bundle-error.ts'
import type { ResolverBundle } from './resolvers.ts'

/** @throws BundleError listing, with file and line, all that AppSync's JavaScript runtime would refuse */
export function checkResolverBundles(bundles: ResolverBundle[]): void {
  const findings = bundles.flatMap(({ file, code, sourceMap }) =>
    checkAppSyncJs(code, { fileName: file.path, sourceMap }))
  // A file that several resolvers share is reported once.
  if (findings.length > 0) throw new BundleError([...new Set(findings.map(formatDiagnostic))].join('\n'))
}

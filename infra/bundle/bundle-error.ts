import type { BuildFailure } from 'esbuild'

/** Code that can't be bundled, or that AWS would refuse; the message is one line a finding: `file:line:column: ...`. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/** Turns esbuild's failure into findings with file and line; anything else goes on as it is. */
export function asBundleError(error: unknown): unknown {
  if (!isBuildFailure(error)) return error
  const lines = error.errors.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text)
  return new BundleError(lines.join('\n'))
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors)
}

import { randomBytes } from 'node:crypto'
import { TargetError, type Target } from './target.ts'

/** Names the target. @default local */
const VARIABLE = 'CONTRACT_TARGET'

const RUN_ID_BYTES = 4

/** A target that stands, and how to let go of it. */
export interface StartedTarget {
  target: Target
  stop(): Promise<void>
}

/** @throws TargetError for anything but `local` and `aws` */
export function targetKind(environment: NodeJS.ProcessEnv): Target['kind'] {
  const asked = environment[VARIABLE] ?? 'local'
  if (asked === 'local' || asked === 'aws') return asked
  throw new TargetError(`${VARIABLE} must be local or aws, got "${asked}".`)
}

/** @throws TargetError, TargetSkipped */
export async function startTarget(environment: NodeJS.ProcessEnv): Promise<StartedTarget> {
  const runId = randomBytes(RUN_ID_BYTES).toString('hex')
  // Each target brings a world of modules; only the one in use is loaded.
  if (targetKind(environment) === 'local') return (await import('./local-target.ts')).startLocalTarget(runId)
  return (await import('./aws-target.ts')).openAwsTarget(runId, environment)
}

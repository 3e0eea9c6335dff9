import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { S3Client } from '@aws-sdk/client-s3'
import { UsageError } from './command-line.ts'

/**
 * Finds out before anything is built whether AWS can be reached as somebody, somewhere.
 * @throws UsageError of one line
 */
export async function requireAwsAccess(): Promise<{ region: string }> {
  // What the SDK thinks of this Node's age is no news to somebody who deploys.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { config } = new S3Client({})
  const region = await config.region().catch(() => {
    throw new UsageError('No AWS region: set AWS_REGION, or a region in the profile that AWS_PROFILE names.')
  })
  await config.credentials().catch(() => {
    throw new UsageError('No AWS credentials: sign in (aws sso login), and set AWS_PROFILE or the AWS_ACCESS_KEY_ID '
      + 'and AWS_SECRET_ACCESS_KEY of a key pair.')
  })
  return { region }
}

/**
 * Runs the pinned CDK command line.
 * @param onLine hears every line that it writes; then it can't ask anything, for it is not on a terminal itself
 * @returns its exit code
 */
export async function runCdk(args: string[], onLine?: (line: string) => void): Promise<number> {
  const entry = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
  const child = spawn(process.execPath, [entry, ...args, '--no-notices'], {
    stdio: onLine ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  })
  const streams = [[child.stdout, process.stdout], [child.stderr, process.stderr]] as const
  for (const [stream, terminal] of streams) {
    if (!stream || !onLine) continue
    createInterface({ input: stream }).on('line', (line) => {
      terminal.write(`${line}\n`)
      onLine(line)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** How the CDK's event log names a resource that CloudFormation leaves alone: time, state, type, logical id. */
const SKIPPED = /DELETE_SKIPPED\s*\|\s*(?<type>\S+)\s*\|\s*(?<logicalId>\S+)/

/** @param line of the CDK's event log */
export function readSkipped(line: string): { logicalId: string; type: string } | undefined {
  const { type, logicalId } = SKIPPED.exec(line)?.groups ?? {}
  return type && logicalId ? { type, logicalId } : undefined
}

import type { Credentials } from '../../../local/aws/caller.ts'

/** Where the suite runs: addresses, keys and deadlines. Plain JSON, for it is handed to every test process. */
export interface Target {
  kind: 'local' | 'aws'
  /** Tells this run's users from all others: 8 hex digits. */
  runId: string
  /** What `amplify_outputs.json` holds, as Amplify reads it. */
  outputs: AmplifyOutputs
  /** Where Cognito answers; left out: AWS's own address. */
  cognitoEndpoint?: string
  /** Who makes and deletes the run's users; left out: whom the AWS SDK's usual chain finds. */
  operator?: Credentials
  /** The bucket of the variants; left out: nobody said, and what has to write there itself is skipped. */
  mediaBucket?: { name: string; endpoint?: string }
  /** Who calls as the back end; left out: whom the usual chain finds. */
  backEnd?: Credentials
}

/** Of `amplify_outputs.json`, what the suite reads itself; the rest is Amplify's. */
export interface AmplifyOutputs {
  version: string
  auth: { aws_region: string; user_pool_id: string; user_pool_client_id: string }
  data: { aws_region: string; url: string; api_key: string }
  custom: { mediaBaseUrl: string; local?: { userPoolEndpoint: string } }
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** What this run of the contract suite is about. */
    target: Target
  }
}

/** Something is missing that the run needs; the message is one line for the person at the command line. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

/** The run was not asked for what it could do here: nothing failed. The message is one line. */
export class TargetSkipped extends Error {
  override readonly name = 'TargetSkipped'
}

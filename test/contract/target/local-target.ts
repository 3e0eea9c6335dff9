import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, synthesize } from '../../../infra/synth.ts'
import { amplifyOutputs } from '../../../local/amplify-outputs.ts'
import { isRecord } from '../../../local/aws/json.ts'
import type { Assembly } from '../../../local/aws/resource.ts'
import { startCloud } from '../../../local/cloud.ts'
import type { StartedTarget } from './choose-target.ts'
import { TargetError, type AmplifyOutputs } from './target.ts'

/** The assembly that would be deployed, on free ports of this machine, with an empty data folder. */
export async function startLocalTarget(runId: string): Promise<StartedTarget> {
  // Below the project's folder, so that the functions find sharp in its node_modules.
  const assemblyDir = join(ROOT, '.test', 'contract.cdk.out')
  await synthesize({ out: assemblyDir })
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-contract-'))
  const cloud = await startCloud({ assemblyDir, dataDir, basePort: 0, log: () => {} })
  const outputs = amplifyOutputs(cloud.assembly, cloud.endpoints, cloud.demoUser) as unknown as AmplifyOutputs
  return {
    target: {
      kind: 'local',
      runId,
      outputs,
      cognitoEndpoint: cloud.endpoints.aws,
      operator: cloud.credentialsFor('operator'),
      mediaBucket: { name: cloud.assembly.outputs.MediaBucketName ?? '', endpoint: cloud.endpoints.s3 },
      backEnd: cloud.credentialsFor({ roleArn: recordingRole(cloud.assembly) }),
    },
    async stop() {
      await cloud.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** ARN of the role of a function that records outcomes: of the first that knows the API's address. */
function recordingRole({ resources }: Assembly): string {
  for (const { type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function' || !isRecord(properties.Environment)) continue
    const { Variables: variables } = properties.Environment
    if (isRecord(variables) && 'GRAPHQL_URL' in variables) return String(properties.Role)
  }
  throw new TargetError('The stack has no Lambda function that knows GRAPHQL_URL.')
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Caller } from '../../../local/aws/caller.ts'
import type { Assembly, Resource } from '../../../local/aws/resource.ts'
import { createLambda, type Lambda, type LambdaOptions } from '../../../local/lambda/lambda.ts'
import { createSqs } from '../../../local/sqs/sqs.ts'
import { ACCOUNT, OPERATOR, REGION, arnOf as queueArnOf, givenContext } from '../sqs/given.ts'

export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/worker`
export const ROLE: Caller = { kind: 'role', arn: ROLE_ARN, roleName: 'worker', accountId: ACCOUNT, policies: [] }
export const functionArnOf = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`

/** Longer than any test's handler takes to start and finish; tests that wait for a timeout move the clock instead. */
const TIMEOUT_SECONDS = 20

export const functionResource = (name: string, properties: Record<string, unknown> = {}): Resource => ({
  logicalId: name,
  type: 'AWS::Lambda::Function',
  physicalId: name,
  attributes: { Arn: functionArnOf(name) },
  properties: {
    FunctionName: name,
    Code: { S3Bucket: 'assets', S3Key: name },
    Handler: 'index.handler',
    Runtime: 'nodejs20.x',
    Role: ROLE_ARN,
    Timeout: TIMEOUT_SECONDS,
    MemorySize: 256,
    ...properties,
  },
})

export const mappingResource = (
  functionName: string,
  queue: string,
  properties: Record<string, unknown> = {},
): Resource => ({
  logicalId: `${functionName}Mapping`,
  type: 'AWS::Lambda::EventSourceMapping',
  physicalId: `${functionName}-mapping`,
  attributes: {},
  properties: { EventSourceArn: queueArnOf(queue), FunctionName: functionName, ...properties },
})

/**
 * A running Lambda and SQS.
 * @param code files by function and name: `{worker: {'index.js': 'exports.handler = ...'}}`
 */
export function givenLambda(
  resources: Resource[],
  code: Record<string, Record<string, string>>,
  options: Partial<LambdaOptions> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-'))
  for (const [name, files] of Object.entries(code)) {
    for (const [file, content] of Object.entries(files)) {
      const path = join(folder, 'cdk.out', name, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
    }
  }
  const given = givenContext(folder)
  const lines: string[] = []
  const watchers = new Set<() => void>()
  given.context.log = (level, service, message, details) => {
    lines.push(service === 'lambda' && level === 'debug' ? message : `${level} ${message} ${JSON.stringify(details)}`)
    for (const watcher of [...watchers]) watcher()
  }
  const assembly: Assembly = {
    region: REGION,
    accountId: ACCOUNT,
    stackName: 'test',
    resources,
    outputs: {},
    assetPath: (key) => join(folder, 'cdk.out', key),
  }
  const sqs = createSqs(given.context)
  sqs.deploy(resources)
  const lambda: Lambda = createLambda(given.context, {
    assembly,
    sqs,
    credentialsFor: () => ({ accessKeyId: 'ASIAROLE', secretAccessKey: 'role-secret', sessionToken: 'role-token' }),
    roleCaller: () => ROLE,
    endpointEnvironment: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4101' },
    environmentsPerFunction: 2,
    ...options,
  })
  lambda.deploy(resources)
  return {
    ...given,
    folder,
    sqs,
    lambda,
    /** Everything that was logged so far. */
    lines,
    invoke: (name: string, payload: unknown = {}) => lambda.invoke(name, payload, OPERATOR),
    logFile: (name: string) => readFileSync(join(folder, 'logs', `${name}.log`), 'utf8'),
    /** Waits until `count` lines hold the text. */
    logged: (text: string, count = 1): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.filter((line) => line.includes(text)).length < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    async stop(): Promise<void> {
      await lambda.stop(0)
      sqs.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

export type GivenLambda = ReturnType<typeof givenLambda>

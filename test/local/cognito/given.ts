import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { AwsError } from '../../../local/aws/errors.ts'
import type { AccessRequest } from '../../../local/aws/iam.ts'
import { createJsonPort } from '../../../local/aws/json-port.ts'
import type { Resource } from '../../../local/aws/resource.ts'
import type { Clock } from '../../../local/clock.ts'
import { createCognito, type Cognito } from '../../../local/cognito/cognito.ts'
import { LOOPBACK } from '../../../local/ports.ts'

export const REGION = 'eu-west-1'
export const POOL_ID = 'eu-west-1_AbCdEf123'
export const CLIENT_ID = '3n4b5urk1ft4fl3mg5e62d9ado'
export const SECRET_CLIENT_ID = '7secret5urk1ft4fl3mg5e62d9'
export const PASSWORD = 'Correct-horse-1'

/** Time that moves when a test moves it; starts at the machine's, which aws-amplify and aws-jwt-verify go by. */
export interface HandClock extends Clock {
  advance(ms: number): void
}

export function handClock(): HandClock {
  let now = Date.now()
  return {
    now: () => now,
    after: () => ({ cancel: () => undefined }),
    advance(ms) {
      now += ms
    },
  }
}

export const pool = (properties: Record<string, unknown> = {}): Resource => ({
  logicalId: 'Users',
  type: 'AWS::Cognito::UserPool',
  physicalId: POOL_ID,
  attributes: { Arn: `arn:aws:cognito-idp:${REGION}:123456789012:userpool/${POOL_ID}` },
  properties: {
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    Policies: {
      PasswordPolicy: { MinimumLength: 10, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true },
    },
    ...properties,
  },
})

export const client = (properties: Record<string, unknown> = {}, physicalId = CLIENT_ID): Resource => ({
  logicalId: `Client${physicalId.slice(0, 4)}`,
  type: 'AWS::Cognito::UserPoolClient',
  physicalId,
  attributes: {},
  properties: {
    UserPoolId: POOL_ID,
    ExplicitAuthFlows: [
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    ],
    PreventUserExistenceErrors: 'ENABLED',
    ...properties,
  },
})

export const group = (name: string, precedence: number): Resource => ({
  logicalId: name,
  type: 'AWS::Cognito::UserPoolGroup',
  physicalId: name,
  attributes: {},
  properties: { UserPoolId: POOL_ID, GroupName: name, Precedence: precedence },
})

export interface RunningCognito {
  cognito: Cognito
  endpoint: string
  sdk: CognitoIdentityProviderClient
  clock: HandClock
  dataDir: string
  /** What IAM was asked. */
  asked: AccessRequest[]
  /** Actions that IAM refuses. */
  denied: Set<string>
  /** Service messages at level warn. */
  warnings: string[]
  stop(): Promise<void>
}

/** The first run's signing keys, lent to the later ones of a test file: making RSA keys takes longer than the tests. */
let signingKeys: Buffer | undefined

/** Cognito behind the JSON port on an ephemeral port; signatures are taken as good, whoever's they are. */
export async function runCognito(
  resources: Resource[],
  reuse?: { dataDir: string; clock: HandClock },
): Promise<RunningCognito> {
  const dataDir = reuse?.dataDir ?? mkdtempSync(path.join(tmpdir(), 'cognito-'))
  const clock = reuse?.clock ?? handClock()
  const asked: AccessRequest[] = []
  const denied = new Set<string>()
  const warnings: string[] = []
  const port: { serve?: ReturnType<typeof createJsonPort> } = {}
  const server = createServer((request, response) => port.serve?.(request, response))
  await new Promise<void>((listening) => server.listen(0, LOOPBACK, listening))
  const endpoint = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`
  const context = {
    dataDir,
    clock,
    region: REGION,
    accountId: '123456789012',
    endpoints: { appsync: '', s3: '', cloudfront: '', aws: endpoint, explorer: '' },
    log: (level: string, _service: string, message: string) => void (level === 'warn' && warnings.push(message)),
    authorizer: {
      authorize(_caller: unknown, request: AccessRequest) {
        asked.push(request)
        if (denied.has(request.action)) throw new AwsError('AccessDenied', `not allowed: ${request.action}`, 403)
      },
    },
    signatures: {
      verify: () => ({
        caller: { kind: 'operator' as const, arn: 'arn:aws:iam::123456789012:root' },
        presigned: false,
        signedHeaders: [],
        payloadHash: '',
      }),
    },
  }
  const cognito = createCognito(context)
  const keyFile = path.join(dataDir, `${POOL_ID}.keys.json`)
  if (signingKeys && !existsSync(keyFile)) writeFileSync(keyFile, signingKeys, { mode: 0o600 })
  await cognito.deploy(resources)
  signingKeys ??= readFileSync(keyFile)
  port.serve = createJsonPort({
    services: [{ service: cognito, signingName: 'cognito-idp' }],
    signatures: context.signatures,
    region: REGION,
    log: context.log,
    documents: (url) => cognito.wellKnown(url),
  })
  const sdk = new CognitoIdentityProviderClient({
    region: REGION,
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return {
    cognito,
    endpoint,
    sdk,
    clock,
    dataDir,
    asked,
    denied,
    warnings,
    async stop() {
      sdk.destroy()
      await cognito.stop()
      await close(server)
      if (!reuse) rmSync(dataDir, { recursive: true })
    },
  }
}

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed())
    server.closeAllConnections()
  })
}

import { amplifyOutputs } from './amplify-outputs.ts'
import { createAppSync } from './appsync/appsync.ts'
import { readAssembly } from './assembly/read-assembly.ts'
import type { Caller, Credentials } from './aws/caller.ts'
import type { Log, ServiceContext } from './aws/context.ts'
import { NotImplemented } from './aws/errors.ts'
import type { Authorizer } from './aws/iam.ts'
import { createJsonPort } from './aws/json-port.ts'
import { isRecord } from './aws/json.ts'
import type { Assembly } from './aws/resource.ts'
import { systemClock, type Clock } from './clock.ts'
import { createCloudFront } from './cloudfront/cloudfront.ts'
import { CLOUDFRONT_PATH_PREFIX, cloudFrontError, handleCloudFrontRest } from './cloudfront/rest.ts'
import { createCognito, type Cognito } from './cognito/cognito.ts'
import { openDataFolder } from './data-folder.ts'
import type { ConsumedObserver } from './dynamodb/consumed-capacity.ts'
import { createDynamoDB } from './dynamodb/dynamodb.ts'
import { endpointEnvironment } from './endpoint-environment.ts'
import { createAuthorizer } from './iam/authorize.ts'
import { createCredentialStore } from './iam/credentials.ts'
import { collectRoles } from './iam/roles.ts'
import { assertTrust } from './iam/trust.ts'
import { createLambda } from './lambda/lambda.ts'
import { handleRest, LAMBDA_PATH_PREFIX } from './lambda/rest.ts'
import { listen } from './listeners.ts'
import { createPages } from './pages/pages.ts'
import type { Endpoints } from './ports.ts'
import { createRekognition } from './rekognition/rekognition.ts'
import { createS3 } from './s3/s3.ts'
import { createSignatureVerifier } from './sigv4/verifier.ts'
import { createSqs, type Sqs } from './sqs/sqs.ts'

/** Where a stack lives that was synthesized for no account or region in particular. */
const ANY_PLACE = { region: 'us-east-1', accountId: '123456789012' }

/** Who signs in without having signed up: in every fresh data folder. */
export const DEMO_USER = { username: 'demo@example.com', password: 'Demo-password-1' }

export interface CloudOptions {
  /** What `cdk synth` wrote. */
  assemblyDir: string
  /** Where everything is kept; see `openDataFolder`. */
  dataDir: string
  /** Empties `dataDir` first. @default false */
  fresh?: boolean
  /** First of the ports, in a row; 0 lets the system choose each. */
  basePort: number
  log: Log
  /** @default the system's clock */
  clock?: Clock
  /** Built pages to serve at the explorer's address. @default none: the address answers 503 */
  pagesDir?: string
  /** Decides what callers may do, for every service. @default as IAM does, see `createAuthorizer` */
  authorizer?: Authorizer
  /** Is told what every call of DynamoDB consumes, for tests that measure. @default nobody */
  onConsumed?: ConsumedObserver
}

/** The stack of an assembly, running on this machine. */
export interface Cloud {
  endpoints: Endpoints
  assembly: Assembly
  /** Absolute path of the data folder. */
  dataDir: string
  demoUser: { username: string; password: string }
  /** Key pair of a synthesized role by its ARN, or of the person at this machine. */
  credentialsFor(who: 'operator' | { roleArn: string }): Required<Credentials>
  /** Ends what runs, and lets go of ports and data folder. */
  stop(): Promise<void>
}

/**
 * Starts every service, deploys the assembly's stack to them, and wires them to each other.
 * @throws DataFolderError, PortTaken, NotImplemented, or Error in one line when the assembly can't be read
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  /** What undoes each step, last first: of a start that failed half-way too. */
  const undo: (() => void | Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await start(options, undo, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: CloudOptions,
  undo: (() => void | Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Cloud> {
  const { assemblyDir, dataDir, fresh = false, basePort, log, clock = systemClock, pagesDir } = options
  const data = openDataFolder(dataDir, { fresh })
  undo.push(() => data.release())
  const listeners = await listen(basePort, clock)
  undo.push(() => listeners.close())
  const { endpoints } = listeners

  const assembly = readAssembly(assemblyDir, { ...ANY_PLACE, endpoints })
  const { region, accountId, resources } = assembly
  const roles = collectRoles(resources, accountId)
  assertTrust(resources, roles)
  const credentials = createCredentialStore(data.service('iam'))
  const operator = { kind: 'operator', arn: `arn:aws:iam::${accountId}:user/operator` } as const
  for (const caller of [operator, ...roles.all()]) credentials.credentialsFor(caller)
  const authorizer = options.authorizer ?? createAuthorizer()
  const signatures = createSignatureVerifier({ credentials, clock })
  const contextOf = (service: string): ServiceContext => ({
    dataDir: data.service(service),
    clock,
    log,
    region,
    accountId,
    endpoints,
    authorizer,
    signatures,
  })

  const dynamodb = createDynamoDB(contextOf('dynamodb'), { onConsumed: options.onConsumed })
  undo.push(() => dynamodb.stop())
  await dynamodb.deploy(resources)
  const cognito = createCognito(contextOf('cognito'))
  undo.push(() => cognito.stop())
  await cognito.deploy(resources)
  const sqs = createSqs(contextOf('sqs'))
  undo.push(() => sqs.stop())
  sqs.deploy(resources)
  const s3 = createS3(contextOf('s3'), { notify: notifyBy(sqs, accountId) })
  undo.push(() => s3.stop())
  const cloudFront = createCloudFront(contextOf('cloudfront'), s3)
  undo.push(() => cloudFront.stop())
  cloudFront.deploy(resources)
  const rekognition = createRekognition(contextOf('rekognition'))

  const lambda = createLambda(contextOf('lambda'), {
    assembly,
    sqs,
    credentialsFor: (roleArn) => credentials.credentialsFor(roles.caller(roleArn)),
    roleCaller: (roleArn) => roles.caller(roleArn),
    endpointEnvironment: endpointEnvironment(endpoints),
  })
  const appSync = createAppSync({
    context: contextOf('appsync'),
    dynamodb,
    invokeLambda: (functionArn, payload, caller) => lambda.invoke(functionArn, payload, caller),
    roleCaller: (roleArn) => roles.caller(roleArn),
    credentialsFor: (roleArn) => credentials.credentialsFor(roles.caller(roleArn)),
    jwks: () => cognito.jwks(userPoolOf(assembly)),
  })
  undo.push(() => appSync.stop())
  appSync.deploy(resources, assembly)
  undo.push(() => lambda.stop())
  lambda.deploy(resources)

  listeners.attach('appsync', appSync.handler, appSync.upgrade)
  listeners.attach('s3', s3.handler)
  listeners.attach('cloudfront', cloudFront.handler)
  listeners.attach(
    'aws',
    createJsonPort({
      services: [
        { service: dynamodb, signingName: 'dynamodb', errorNamespace: 'com.amazonaws.dynamodb.v20120810' },
        { service: sqs, signingName: 'sqs', errorNamespace: 'com.amazonaws.sqs' },
        { service: cognito, signingName: 'cognito-idp' },
        { service: rekognition, signingName: 'rekognition' },
      ],
      signatures,
      region,
      log,
      documents: (url) => cognito.wellKnown(url),
      restServices: [
        {
          pathPrefix: LAMBDA_PATH_PREFIX,
          signingName: 'lambda',
          answer: (request, caller) => handleRest(lambda, request, caller),
        },
        {
          pathPrefix: CLOUDFRONT_PATH_PREFIX,
          signingName: 'cloudfront',
          answer: async (request, caller) => handleCloudFrontRest(cloudFront, request, caller),
          writeError: cloudFrontError,
        },
      ],
    }),
  )
  if (pagesDir) {
    listeners.attach('explorer', createPages(pagesDir, () => amplifyOutputs(assembly, endpoints, DEMO_USER)))
  }
  s3.deploy(resources)
  lambda.start()
  await ensureDemoUser(cognito, assembly)
  return {
    endpoints,
    assembly,
    dataDir: data.root,
    demoUser: DEMO_USER,
    credentialsFor: (who) => credentials.credentialsFor(who === 'operator' ? operator : roles.caller(who.roleArn)),
    stop,
  }
}

/** S3 sends as itself, on behalf of the bucket: the queue's policy has to allow it. */
function notifyBy(sqs: Sqs, accountId: string): Parameters<typeof createS3>[1]['notify'] {
  return ({ sourceArn, body, ...destination }) => {
    if (!('queueArn' in destination)) throw new NotImplemented('An S3 notification to anything but an SQS queue')
    const caller: Caller = { kind: 'service', service: 's3.amazonaws.com', sourceArn, sourceAccount: accountId }
    sqs.send(destination.queueArn, { body }, caller)
  }
}

/** The user pool that the API trusts. */
function userPoolOf({ resources }: Assembly): string {
  const api = resources.find(({ type }) => type === 'AWS::AppSync::GraphQLApi')
  const providers = [api?.properties, ...recordsIn(api?.properties.AdditionalAuthenticationProviders)]
  for (const provider of providers) {
    if (isRecord(provider?.UserPoolConfig)) return String(provider.UserPoolConfig.UserPoolId)
  }
  throw new Error('The API of the stack trusts no user pool')
}

async function ensureDemoUser(cognito: Cognito, assembly: Assembly): Promise<void> {
  await cognito.ensureUser({
    userPoolId: userPoolOf(assembly),
    ...DEMO_USER,
    attributes: { email: DEMO_USER.username, email_verified: 'true' },
  })
}

function recordsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

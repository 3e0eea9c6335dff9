import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Only as much of a template as is changed here. */
interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>
}

/** Where the functions' calls go instead of to the services. */
export interface Detours {
  graphqlUrl: string
  s3: string
  aws: string
}

/** Functions that are led through the proxy, with a timeout that no other timer of the run has, in seconds. */
export const FUNCTION_TIMEOUTS: Record<string, number> = {
  'process-image': 59, 'record-failure': 29, 'label-image': 44,
}

/** How long a message stays hidden, in seconds: what its function may take at least; then less has to be waited for. */
const VISIBILITY_SECONDS = 60

/** How often Rekognition is asked later; then less has to be waited for. */
const LABEL_TRIES = 4

/** What moderation asks for, in percent. The proxy answers in Rekognition's place. */
const MIN_CONFIDENCE = '50'

/** The queues that the interrupted functions take from, by how their logical ids begin. */
export const QUEUES = {
  arrivals: 'ArrivalQueueArrivals',
  deadLetters: 'ArrivalQueueDeadLetters',
  labels: 'LabelQueueLabels',
  deadLabels: 'LabelQueueDeadLabels',
} as const

/** The queue where S3's events stop over, by its logical id. */
export const STOPOVER = 'EventStopover'

/**
 * The assembly as it is deployed, but for five things: calls take the detours, the functions' processes load
 * `inside-function.ts` first, messages come back earlier and less often, moderation is asked for, and S3's events go to
 * a queue of their own, from where the test sends them on.
 * @returns the folder of the copy; code is linked, so that the functions find their modules
 */
export function interruptedAssembly(assemblyDir: string, folder: string, detours: Detours, clockFile: string): string {
  const copy = join(folder, 'assembly')
  mkdirSync(copy)
  const inside = join(folder, 'inside-function.cjs')
  buildSync({
    entryPoints: [join(import.meta.dirname, 'inside-function.ts')],
    outfile: inside,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  })
  for (const name of readdirSync(assemblyDir)) {
    if (!name.endsWith('.template.json')) {
      symlinkSync(join(assemblyDir, name), join(copy, name))
      continue
    }
    const template = JSON.parse(readFileSync(join(assemblyDir, name), 'utf8')) as Template
    detourFunctions(template, detours, { NODE_OPTIONS: `--require=${inside}`, MOVED_CLOCK_FILE: clockFile })
    stopEventsOver(template)
    writeFileSync(join(copy, name), JSON.stringify(template))
  }
  return copy
}

function detourFunctions(template: Template, detours: Detours, more: Record<string, string>): void {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function') continue
    const environment = Properties.Environment as { Variables: Record<string, unknown> } | undefined
    const name = environment?.Variables.POWERTOOLS_SERVICE_NAME
    // Without one it is CloudFormation's own helper.
    if (!environment || name === undefined) continue
    Object.assign(environment.Variables, more)
    const { Variables } = environment
    if (Variables.MODERATION_MIN_CONFIDENCE !== undefined) Variables.MODERATION_MIN_CONFIDENCE = MIN_CONFIDENCE
    const timeout = FUNCTION_TIMEOUTS[String(name)]
    if (timeout === undefined) continue
    Properties.Timeout = timeout
    Object.assign(environment.Variables, {
      GRAPHQL_URL: detours.graphqlUrl,
      AWS_ENDPOINT_URL_S3: detours.s3,
      AWS_ENDPOINT_URL_REKOGNITION: detours.aws,
    })
  }
}

function stopEventsOver({ Resources }: Template): void {
  for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
    const isOurs = Object.values(QUEUES).some((name) => logicalId.startsWith(name))
    if (Type !== 'AWS::SQS::Queue' || !isOurs) continue
    Properties.VisibilityTimeout = VISIBILITY_SECONDS
    if (!logicalId.startsWith(QUEUES.labels)) continue
    Properties.RedrivePolicy = { ...(Properties.RedrivePolicy as object), maxReceiveCount: LABEL_TRIES }
  }
  const arn = { 'Fn::GetAtt': [STOPOVER, 'Arn'] }
  Resources[STOPOVER] = { Type: 'AWS::SQS::Queue', Properties: {} }
  const mayBeSentTo = {
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arn,
  }
  Resources[`${STOPOVER}Policy`] = {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: STOPOVER }],
      PolicyDocument: { Version: '2012-10-17', Statement: [mayBeSentTo] },
    },
  }
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'Custom::S3BucketNotifications') continue
    const { QueueConfigurations } = Properties.NotificationConfiguration as { QueueConfigurations: object[] }
    for (const configuration of QueueConfigurations) {
      if (JSON.stringify(configuration).includes(QUEUES.arrivals)) Object.assign(configuration, { QueueArn: arn })
    }
  }
}

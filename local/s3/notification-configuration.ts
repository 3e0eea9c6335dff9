import { createHash } from 'node:crypto'
import type { Resource } from '../aws/resource.ts'
import { notEmulated } from './errors.ts'

/** Where a notification goes. */
export type Destination = { queueArn: string } | { functionArn: string } | { topicArn: string }

/** One rule of a bucket's: which events of which keys go where. */
export interface NotificationRule {
  id: string
  /** E.g. `s3:ObjectCreated:*`. */
  events: string[]
  prefix: string
  suffix: string
  destination: Destination
}

/** A bucket's rules, and whether its destinations get a test event first. */
export interface NotificationConfiguration {
  bucketName: string
  rules: NotificationRule[]
  skipDestinationValidation: boolean
}

type Properties = Record<string, unknown>

/** Reads the custom resources by which the CDK configures notifications. */
export function readNotificationConfigurations(resources: Resource[]): NotificationConfiguration[] {
  for (const { type, properties, physicalId } of resources) {
    if (type === 'AWS::S3::Bucket' && properties.NotificationConfiguration !== undefined) {
      throw notEmulated(`NotificationConfiguration in the bucket ${physicalId} itself`)
    }
  }
  return resources
    .filter(({ type }) => type === 'Custom::S3BucketNotifications')
    .map(({ properties }) => {
      const configuration = (properties.NotificationConfiguration ?? {}) as Record<string, Properties[] | undefined>
      const bucketName = String(properties.BucketName)
      if (configuration.EventBridgeConfiguration !== undefined)
        throw notEmulated(`EventBridgeConfiguration of the bucket ${bucketName}`)
      const read = (
        list: Properties[] | undefined,
        arnName: string,
        destination: (arn: string) => Destination,
      ): NotificationRule[] => (list ?? []).map((rule) => readRule(rule, destination(String(rule[arnName]))))
      return {
        bucketName,
        skipDestinationValidation: String(properties.SkipDestinationValidation) === 'true',
        rules: [
          ...read(configuration.QueueConfigurations, 'QueueArn', (queueArn) => ({ queueArn })),
          ...read(configuration.LambdaFunctionConfigurations, 'LambdaFunctionArn', (functionArn) => ({ functionArn })),
          ...read(configuration.TopicConfigurations, 'TopicArn', (topicArn) => ({ topicArn })),
        ],
      }
    })
}

function readRule(rule: Properties, destination: Destination): NotificationRule {
  const filter = rule.Filter as { Key?: { FilterRules?: { Name: string; Value: string }[] } } | undefined
  const valueOf = (name: string): string =>
    filter?.Key?.FilterRules?.find((each) => each.Name.toLowerCase() === name)?.Value ?? ''
  const id = rule.Id === undefined ? generatedId(rule) : String(rule.Id)
  return {
    id,
    events: (rule.Events ?? []) as string[],
    prefix: valueOf('prefix'),
    suffix: valueOf('suffix'),
    destination,
  }
}

/** S3 gives an id to a rule that has none; here the same one at every start. */
const generatedId = (rule: Properties): string => createHash('sha256').update(JSON.stringify(rule)).digest('base64url')

/** @param eventName e.g. `ObjectCreated:Put` */
export function ruleMatches({ events, prefix, suffix }: NotificationRule, eventName: string, key: string): boolean {
  const named = events.some((event) =>
    event.endsWith('*') ? `s3:${eventName}`.startsWith(event.slice(0, -1)) : `s3:${eventName}` === event,
  )
  return named && key.startsWith(prefix) && key.endsWith(suffix)
}

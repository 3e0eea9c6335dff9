import type { Node } from 'constructs'
import { DEFAULT_VARIANTS, parseVariants, VariantSettingsError } from '../functions/lib/variant-settings.ts'

/** What a deployment may choose, each by `-c name=value` on the command line. */
export interface Settings {
  /**
   * Whether photographs, their records and the users outlive the stack: buckets, table and user pool are kept by
   * `destroy`, and table and user pool refuse to be deleted. `-c retain=false` lets `destroy` delete everything.
   * @default true
   */
  retain: boolean
  /**
   * Origins whose browsers may PUT an original, e.g. `https://photos.example.com`, separated by commas. The presigned
   * URL is the lock; this only decides which pages can use one.
   * @default * (every origin)
   */
  allowedOrigins: string[]
  /**
   * A domain name of your own for the variants, with the ARN of its certificate in us-east-1. Only with a
   * certificate of your own does CloudFront refuse clients below TLS 1.2.
   * @default - the distribution's own *.cloudfront.net
   */
  mediaDomain?: { name: string; certificateArn: string }
  /**
   * How many images are developed at a time, 2 to 1000. Each asks Rekognition once and takes about a second; its
   * default quota is 5 calls a second, and 50 in us-east-1, us-west-2 and eu-west-1.
   * @default 5
   */
  processingConcurrency: number
  /**
   * Which variants are made: `<format>:<long edge>,<long edge>;<format>:...`, best format first.
   * @default see functions/lib/variant-settings.ts
   */
  variants: string
  /**
   * From which confidence on, in percent, a label of Rekognition's DetectModerationLabels holds an image back until an
   * operator clears it. `-c moderation=true` asks, at 50, Rekognition's own default; `-c moderationMinConfidence=70`
   * says otherwise. A second call of Rekognition for every image.
   * @default - nobody asks, and nothing is held back
   */
  moderationMinConfidence?: number
  /**
   * Whether CloudFront logs who fetches which variant, so that views are counted. Without, `Image.views` stays 0. It
   * delivers no log to buckets in some of the regions that an account has to opt in to: eu-south-1 and eu-central-2 are
   * among those where a deployment is refused with `true`.
   * @default true
   */
  countViews: boolean
  /**
   * ARN of an SNS topic that hears of alarms.
   * @default - alarms change colour in CloudWatch, and nobody is called
   */
  alarmTopicArn?: string
}

/** As many images at a time as Rekognition's default quota has calls a second in most regions. */
const DEFAULT_PROCESSING_CONCURRENCY = 5

/** What DetectModerationLabels takes for the minimum when nothing is said. Source: Rekognition API reference. */
const DEFAULT_MODERATION_MIN_CONFIDENCE = 50

/** Confidence is percent. */
const CONFIDENCE_RANGE = { min: 0, max: 100 }

/** What SQS lets an event source mapping's maximum concurrency be. Source: Lambda developer guide, "SQS scaling". */
const CONCURRENCY_RANGE = { min: 2, max: 1_000 }

/** A setting that makes no sense; the message is one line for the person at the command line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

const CERTIFICATE_ARN = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/.+$/
const TOPIC_ARN = /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:.+$/
const ORIGIN = /^(\*|https?:\/\/[^/\s]+)$/

/** @throws SettingsError naming the setting, what was expected and what was received */
export function readSettings(node: Node): Settings {
  const mediaDomainName = read(node, 'mediaDomainName')
  const certificateArn = read(node, 'mediaCertificateArn', CERTIFICATE_ARN, 'the ARN of a certificate in us-east-1')
  if ((mediaDomainName === undefined) !== (certificateArn === undefined)) {
    throw new SettingsError('mediaDomainName and mediaCertificateArn belong together: give both or none.')
  }
  const alarmTopicArn = read(node, 'alarmTopicArn', TOPIC_ARN, 'the ARN of an SNS topic')
  const allowedOrigins = (read(node, 'allowedOrigins') ?? '*').split(',').map((origin) => origin.trim())
  for (const origin of allowedOrigins) {
    if (!ORIGIN.test(origin)) {
      throw new SettingsError(`allowedOrigins must be * or origins such as https://example.com, got "${origin}".`)
    }
  }
  const moderationMinConfidence = readModeration(node)
  return {
    retain: readSwitch(node, 'retain', true),
    allowedOrigins,
    processingConcurrency: readConcurrency(node),
    variants: readVariants(node),
    countViews: readSwitch(node, 'countViews', true),
    ...(moderationMinConfidence === undefined ? {} : { moderationMinConfidence }),
    ...(mediaDomainName && certificateArn ? { mediaDomain: { name: mediaDomainName, certificateArn } } : {}),
    ...(alarmTopicArn ? { alarmTopicArn } : {}),
  }
}

function read(node: Node, name: string, pattern?: RegExp, expected?: string): string | undefined {
  const value: unknown = node.tryGetContext(name)
  if (value === undefined || value === null) return undefined
  const text = String(value)
  if (text === '' || (pattern && !pattern.test(text))) {
    throw new SettingsError(`${name} must be ${expected ?? 'a text that is not empty'}, got "${text}".`)
  }
  return text
}

function readSwitch(node: Node, name: string, otherwise: boolean): boolean {
  return (read(node, name, /^(true|false)$/, 'true or false') ?? String(otherwise)) === 'true'
}

function readVariants(node: Node): string {
  const text = read(node, 'variants') ?? DEFAULT_VARIANTS
  try {
    parseVariants(text)
    return text
  } catch (error) {
    if (error instanceof VariantSettingsError) throw new SettingsError(error.message)
    throw error
  }
}

function readModeration(node: Node): number | undefined {
  const isOn = readSwitch(node, 'moderation', false)
  const text = read(node, 'moderationMinConfidence')
  if (!isOn) {
    if (text === undefined) return undefined
    throw new SettingsError('moderationMinConfidence goes with moderation=true: without it nobody asks.')
  }
  const value = Number(text ?? DEFAULT_MODERATION_MIN_CONFIDENCE)
  const { min, max } = CONFIDENCE_RANGE
  if (!(value >= min && value <= max)) {
    throw new SettingsError(`moderationMinConfidence must be a number between ${min} and ${max}, got "${text}".`)
  }
  return value
}

function readConcurrency(node: Node): number {
  const text = read(node, 'processingConcurrency') ?? String(DEFAULT_PROCESSING_CONCURRENCY)
  const value = Number(text)
  const { min, max } = CONCURRENCY_RANGE
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new SettingsError(`processingConcurrency must be an integer between ${min} and ${max}, got "${text}".`)
  }
  return value
}

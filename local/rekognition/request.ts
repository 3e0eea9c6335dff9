import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import { refusal } from './errors.ts'
import { DEFAULT_DOMINANT_COLORS, DEFAULT_MIN_CONFIDENCE, MAX_IMAGE_BYTES, MAX_LABELS } from './limits.ts'

type Input = Record<string, unknown>

/** A DetectLabels request, checked, with its defaults. */
export interface DetectLabelsRequest {
  bytes: Buffer
  wantsLabels: boolean
  wantsProperties: boolean
  maxLabels: number
  /** Percent. */
  minConfidence: number
  maxDominantColors: number
  filters: LabelFilters
}

/** Undefined lists let everything through. */
export interface LabelFilters {
  includedLabels?: string[]
  excludedLabels?: string[]
  includedCategories?: string[]
  excludedCategories?: string[]
}

const FEATURES = ['GENERAL_LABELS', 'IMAGE_PROPERTIES']
/** Base64 of RFC 4648, as SDKs send bytes in JSON. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** @throws AwsError InvalidParameterException, ValidationException; NotImplemented for images in S3 */
export function readRequest(input: Input): DetectLabelsRequest {
  const features = readFeatures(input.Features)
  const settings = isRecord(input.Settings) ? input.Settings : {}
  const general = isRecord(settings.GeneralLabels) ? settings.GeneralLabels : {}
  const properties = isRecord(settings.ImageProperties) ? settings.ImageProperties : {}
  const wantsLabels = features.includes('GENERAL_LABELS')
  if (!wantsLabels && (input.MaxLabels !== undefined || input.MinConfidence !== undefined)) {
    throw refusal.invalidParameter('MaxLabels and MinConfidence need the feature GENERAL_LABELS')
  }
  return {
    bytes: readBytes(input.Image),
    wantsLabels,
    wantsProperties: features.includes('IMAGE_PROPERTIES'),
    maxLabels: Math.min(
      readNumber(input, 'MaxLabels', MAX_LABELS, { min: 0, max: Infinity, integer: true }),
      MAX_LABELS,
    ),
    minConfidence: readNumber(input, 'MinConfidence', DEFAULT_MIN_CONFIDENCE, { min: 0, max: 100, integer: false }),
    maxDominantColors: readNumber(properties, 'MaxDominantColors', DEFAULT_DOMINANT_COLORS, {
      min: 0,
      max: Infinity,
      integer: true,
    }),
    filters: {
      includedLabels: readList(general, 'LabelInclusionFilters'),
      excludedLabels: readList(general, 'LabelExclusionFilters'),
      includedCategories: readList(general, 'LabelCategoryInclusionFilters'),
      excludedCategories: readList(general, 'LabelCategoryExclusionFilters'),
    },
  }
}

function readBytes(image: unknown): Buffer {
  if (!isRecord(image)) throw refusal.invalidParameter('expected Image with Bytes or S3Object')
  if (image.S3Object !== undefined) {
    if (image.Bytes !== undefined) throw refusal.invalidParameter('expected Image with Bytes or S3Object, got both')
    throw new NotImplemented("Rekognition's Image.S3Object")
  }
  if (typeof image.Bytes !== 'string' || !BASE64.test(image.Bytes))
    throw refusal.invalidParameter('expected Image.Bytes in base64')
  const bytes = Buffer.from(image.Bytes, 'base64')
  if (bytes.length === 0) throw refusal.invalidParameter('expected Image.Bytes of at least 1 byte, got 0')
  if (bytes.length > MAX_IMAGE_BYTES) throw refusal.tooManyBytes(bytes.length)
  return bytes
}

function readFeatures(value: unknown): string[] {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return ['GENERAL_LABELS']
  const isKnown = Array.isArray(value) && value.every((feature) => FEATURES.includes(feature as string))
  if (!isKnown)
    throw refusal.invalidParameter(`expected Features of ${FEATURES.join(', ')}, got ${JSON.stringify(value)}`)
  return value as string[]
}

function readNumber(
  input: Input,
  member: string,
  fallback: number,
  range: { min: number; max: number; integer: boolean },
): number {
  const value = input[member]
  if (value === undefined || value === null) return fallback
  const isGood =
    typeof value === 'number' &&
    value >= range.min &&
    value <= range.max &&
    (!range.integer || Number.isInteger(value))
  if (isGood) return value
  throw refusal.invalidParameter(
    `expected ${member} ${range.integer ? 'an integer' : 'a number'} from ${range.min} to ${
      range.max
    }, got ${JSON.stringify(value)}`,
  )
}

function readList(input: Input, member: string): string[] | undefined {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  const isStrings = Array.isArray(value) && value.every((entry): entry is string => typeof entry === 'string')
  if (!isStrings) throw refusal.invalidParameter(`expected ${member} a list of strings`)
  return value.length > 0 ? value : undefined
}

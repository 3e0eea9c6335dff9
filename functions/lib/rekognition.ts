import {
  DetectLabelsCommand, DetectModerationLabelsCommand, type Label, type ModerationLabel, type RekognitionClient,
} from '@aws-sdk/client-rekognition'
import type { LabelInput, LabelInstanceInput, ModerationLabelInput } from '../../generated/graphql.ts'
import type { Labeler } from './label-picture.ts'
import type { Moderator } from './moderation.ts'

/** Labels below are left out, in percent. Source: Rekognition's own default of MinConfidence. */
const MIN_CONFIDENCE_PERCENT = 55

/** Most labels an image gets: with all their ancestors and boxes they fit an item and a subscription event. */
const MAX_LABELS = 50

/** What a moderation label is called that came without a name. */
const UNNAMED = 'Unnamed'

/** Labels by Rekognition's DetectLabels: one call a picture, its bytes in the request. */
export function createLabeler(rekognition: RekognitionClient): Labeler {
  return {
    async detect(jpeg, signal) {
      const answer = await rekognition.send(
        new DetectLabelsCommand({
          Image: { Bytes: jpeg },
          MinConfidence: MIN_CONFIDENCE_PERCENT,
          MaxLabels: MAX_LABELS,
        }),
        { abortSignal: signal },
      )
      return (answer.Labels ?? []).flatMap(toLabel)
    },
  }
}

/**
 * Moderation by Rekognition's DetectModerationLabels: one call a picture, its bytes in the request.
 * @param minConfidence in percent
 */
export function createModerator(rekognition: RekognitionClient, minConfidence: number): Moderator {
  return {
    async detect(jpeg, signal) {
      const answer = await rekognition.send(
        new DetectModerationLabelsCommand({ Image: { Bytes: jpeg }, MinConfidence: minConfidence }),
        { abortSignal: signal },
      )
      return (answer.ModerationLabels ?? []).map((label) => toModerationLabel(label, minConfidence))
    },
  }
}

/**
 * A label of the first level has an empty text for a parent. Whatever lacks a name or a confidence, which the shape
 * allows, still stands against showing the picture, with the confidence that was asked for at least.
 */
function toModerationLabel(
  { Name, Confidence, ParentName }: ModerationLabel,
  minConfidence: number,
): ModerationLabelInput {
  return { name: Name ?? UNNAMED, confidence: Confidence ?? minConfidence, parentName: ParentName || null }
}

/** Rekognition's shape in ours; its members are all optional, and a label without name or confidence says nothing. */
function toLabel({ Name, Confidence, Parents, Instances }: Label): LabelInput[] {
  if (Name === undefined || Confidence === undefined) return []
  return [
    {
      name: Name,
      confidence: Confidence,
      parents: (Parents ?? []).flatMap((parent) => parent.Name ?? []),
      instances: (Instances ?? []).flatMap(toInstance),
    },
  ]
}

function toInstance({ BoundingBox: box, Confidence }: NonNullable<Label['Instances']>[number]): LabelInstanceInput[] {
  if (!box || Confidence === undefined) return []
  const { Left: left, Top: top, Width: width, Height: height } = box
  if (left === undefined || top === undefined || width === undefined || height === undefined) return []
  return [{ boundingBox: { left, top, width, height }, confidence: Confidence }]
}

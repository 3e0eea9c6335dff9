import { colorLabel } from './color-label.ts'
import { dominantColors } from './dominant-colors.ts'
import { imageQuality } from './quality.ts'
import { readRasters, type Rasters } from './raster.ts'
import type { DetectLabelsRequest, LabelFilters } from './request.ts'
import { measureScene } from './scene-evidence.ts'
import { labelScene, type Confidences } from './scene-labels.ts'
import { TAXONOMY, type LabelName } from './taxonomy.ts'

/** Says that no neural network looked at the picture. */
export const LABEL_MODEL_VERSION = 'local-pixels-1.0'

export async function detectLabels(request: DetectLabelsRequest): Promise<Record<string, unknown>> {
  const rasters = await readRasters(request.bytes)
  const labels = request.wantsLabels ? [...labelPicture(rasters)] : []
  return {
    Labels: labels
      .filter(([name, confidence]) => confidence >= request.minConfidence && passes(name, request.filters))
      .sort(
        ([left, leftConfidence], [right, rightConfidence]) =>
          rightConfidence - leftConfidence || left.localeCompare(right),
      )
      .slice(0, request.maxLabels)
      .map(([Name, Confidence]) => ({
        Name,
        Confidence,
        Instances: [],
        Parents: TAXONOMY[Name].parents.map((parent) => ({ Name: parent })),
        Aliases: [],
        Categories: [{ Name: TAXONOMY[Name].category }],
      })),
    LabelModelVersion: LABEL_MODEL_VERSION,
    ...(request.wantsProperties && {
      ImageProperties: {
        Quality: imageQuality(rasters.fine),
        DominantColors: dominantColors(rasters.coarse, request.maxDominantColors),
      },
    }),
  }
}

/** What is on the picture as far as pixels carry it, and the colour that covers most of it. */
function labelPicture(rasters: Rasters): Confidences {
  const given = labelScene(measureScene(rasters))
  const color = colorLabel(dominantColors(rasters.coarse, Infinity))
  if (color) given.set(color[0], Math.max(color[1], given.get(color[0]) ?? 0))
  return given
}

/** A label passes when an inclusion list names it or its category, and no exclusion list does. */
function passes(name: LabelName, filters: LabelFilters): boolean {
  const { category } = TAXONOMY[name]
  if (filters.excludedLabels?.includes(name) || filters.excludedCategories?.includes(category)) return false
  if (!filters.includedLabels && !filters.includedCategories) return true
  return Boolean(filters.includedLabels?.includes(name) || filters.includedCategories?.includes(category))
}

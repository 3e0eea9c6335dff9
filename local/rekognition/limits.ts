/** Largest image passed as bytes: 5 MB. Source: developer guide, "Guidelines and quotas". */
export const MAX_IMAGE_BYTES = 5_242_880

/** Shortest side, in pixels. Source: developer guide, "Guidelines and quotas". */
export const MIN_SIDE_PX = 80

/** Longest side for DetectLabels, in pixels. Source: developer guide, "Guidelines and quotas". */
export const MAX_SIDE_PX = 10_000

/** Labels that are returned below no other minimum, in percent. Source: API reference, DetectLabels, MinConfidence. */
export const DEFAULT_MIN_CONFIDENCE = 55

/** Default and upper limit of MaxLabels. Source: API reference, DetectLabels. */
export const MAX_LABELS = 1_000

/** Dominant colours returned without MaxDominantColors. Source: API reference, DetectLabelsImagePropertiesSettings. */
export const DEFAULT_DOMINANT_COLORS = 10

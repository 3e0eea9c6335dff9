// Generated from schema.graphql by `npm run codegen`. Edits are overwritten.
/** All of `Image`, as the text of a selection set. */
export const ALL_OF_IMAGE = `{ altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }`

/** `publishImageChange` with all that it answers. */
export const PUBLISH_IMAGE_CHANGE = `mutation PublishImageChange($id: ID!) {
  publishImageChange(id: $id) { altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }
}`

/** `recordImageLabels` with all that it answers. */
export const RECORD_IMAGE_LABELS = `mutation RecordImageLabels($input: RecordImageLabelsInput!) {
  recordImageLabels(input: $input) { altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }
}`

/** `recordImageProcessed` with all that it answers. */
export const RECORD_IMAGE_PROCESSED = `mutation RecordImageProcessed($input: RecordImageProcessedInput!) {
  recordImageProcessed(input: $input) { altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }
}`

/** `recordImageRemoved` with all that it answers. */
export const RECORD_IMAGE_REMOVED = `mutation RecordImageRemoved($input: RecordImageRemovedInput!) {
  recordImageRemoved(input: $input) { altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }
}`

/** `recordImageViews` with all that it answers. */
export const RECORD_IMAGE_VIEWS = `mutation RecordImageViews($input: RecordImageViewsInput!) {
  recordImageViews(input: $input) { altText byteSize camera { make model takenAt } category contentType createdAt dominantColor failure { code message retryable } fileName hasAlpha height id isAnimated labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus lastViewedAt mediaKey moderationLabels { confidence name parentName } moderationStatus owner palette perceptualHash processedAt sha256 srcsets { contentType format srcset } status tags thumbhash title updatedAt variants { byteSize format height url width } version views visibility width }
}`

// Generated from schema.graphql by `npm run codegen`. Edits are overwritten.
/** `recordImageProcessed` with every leaf of `Image`: subscribers receive only what the mutation selects. */
export const RECORD_IMAGE_PROCESSED = `mutation RecordImageProcessed($input: RecordImageProcessedInput!) {
  recordImageProcessed(input: $input) { byteSize contentType createdAt dominantColor failure { code message retryable } fileName height id labels { confidence instances { boundingBox { height left top width } confidence } name parents } labelsStatus mediaKey owner processedAt sha256 status thumbhash title updatedAt variants { byteSize format height url width } version visibility width }
}`

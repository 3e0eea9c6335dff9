import { AwsError } from '../aws/errors.ts'
import { MAX_IMAGE_BYTES, MAX_SIDE_PX, MIN_SIDE_PX } from './limits.ts'

/** Every refusal of DetectLabels, under the name that Rekognition gives it. */
export const refusal = {
  imageFormat: (received: string) =>
    new AwsError(
      'InvalidImageFormatException',
      `Request has invalid image format: expected JPEG or PNG, got ${received}`,
    ),
  tooManyBytes: (received: number) =>
    new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'image.bytes' failed to satisfy constraint: ` +
        `Member must have length less than or equal to ${MAX_IMAGE_BYTES}, got ${received}`,
    ),
  sideTooLong: (width: number, height: number) =>
    new AwsError(
      'ImageTooLargeException',
      `Input image dimensions ${width} x ${height} exceed maximum dimension size of ${MAX_SIDE_PX} pixels`,
    ),
  sideTooShort: (width: number, height: number) =>
    invalidParameter(
      `Request has invalid parameters: expected sides of at least ${MIN_SIDE_PX} pixels, got ${width} x ${height}`,
    ),
  invalidParameter: (sentence: string) => invalidParameter(`Request has invalid parameters: ${sentence}`),
} as const

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}

import type { FailureInput, ImageStatus } from '../../generated/graphql.ts'

interface FailureKind {
  /** REJECTED: the file is at fault. FAILED: we are. EXPIRED: nobody uploaded it. */
  status: Extract<ImageStatus, 'REJECTED' | 'FAILED' | 'EXPIRED'>
  /** Whether uploading the same file again can help. */
  retryable: boolean
  /** The sentence that people read. */
  message(expected: string, received: string): string
  /** What whoever uploads can do about it. For docs/errors.md. */
  remedy: string
}

const REJECTED = { status: 'REJECTED', retryable: false } as const

/** Every way in which an image can end without a picture. Described in docs/errors.md. */
export const FAILURES = {
  EMPTY_FILE: {
    ...REJECTED,
    message: (expected, received) => `The file is empty: expected ${expected}, received ${received}.`,
    remedy: 'Choose a file that has something in it.',
  },
  SIZE_MISMATCH: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is not as large as declared: expected ${expected}, received ${received}.`,
    remedy: 'Declare the size of the very file that is sent.',
  },
  UNSUPPORTED_FORMAT: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is no picture of a supported format: expected ${expected}, received ${received}.`,
    remedy: 'Export the picture as one of the formats that the sentence names.',
  },
  CONTENT_TYPE_MISMATCH: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is not what it was declared to be: expected ${expected}, received ${received}.`,
    remedy: 'Declare the content type that the file has.',
  },
  TOO_MANY_PIXELS: {
    ...REJECTED,
    message: (expected, received) => `The picture has too many pixels: expected ${expected}, received ${received}.`,
    remedy: 'Make the picture smaller, or an animation shorter.',
  },
  IMAGE_TOO_ELONGATED: {
    ...REJECTED,
    message: (expected, received) =>
      `The picture is too long for its width: expected ${expected}, received ${received}.`,
    remedy: 'Crop the picture.',
  },
  IMAGE_TOO_COMPLEX: {
    ...REJECTED,
    message: (expected, received) => `The picture takes too long to decode: expected ${expected}, received ${received}.`,
    remedy: 'Make the picture smaller, or export it as a plain JPEG.',
  },
  CORRUPT_IMAGE: {
    ...REJECTED,
    message: (expected, received) => `The picture is damaged: expected ${expected}, received ${received}.`,
    remedy: 'Copy the file from its source again, or export it anew.',
  },
  PROCESSING_FAILED: {
    status: 'FAILED',
    retryable: true,
    message: (expected, received) =>
      `Darkroom could not develop the picture: expected ${expected}, received ${received}.`,
    remedy: 'Wait, it may be developed yet; or upload the file again.',
  },
  UPLOAD_EXPIRED: {
    status: 'EXPIRED',
    retryable: true,
    message: (expected, received) => `The file was not uploaded in time: expected ${expected}, received ${received}.`,
    remedy: 'Ask for another upload, and send the file at once.',
  },
} satisfies Record<string, FailureKind>

export type FailureCode = keyof typeof FAILURES

export const FAILURE_CODES = Object.keys(FAILURES) as FailureCode[]

/** A failure as it is recorded. */
export interface RecordedFailure {
  status: FailureKind['status']
  failure: FailureInput
}

export function describeFailure(code: FailureCode, expected: string, received: string): RecordedFailure {
  const { status, retryable, message } = FAILURES[code]
  return { status, failure: { code, retryable, message: message(expected, received) } }
}

/** Thrown when the file itself is at fault: it is recorded, and the message is done. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly recorded: RecordedFailure
  constructor(
    readonly code: Exclude<FailureCode, 'PROCESSING_FAILED' | 'UPLOAD_EXPIRED'>,
    expected: string,
    received: string,
    options?: ErrorOptions,
  ) {
    const recorded = describeFailure(code, expected, received)
    super(recorded.failure.message, options)
    this.recorded = recorded
  }
}

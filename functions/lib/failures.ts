import type { FailureInput, ImageStatus } from '../../generated/graphql.ts'

interface FailureKind {
  /** REJECTED: the file is at fault. FAILED: we are. */
  status: Extract<ImageStatus, 'REJECTED' | 'FAILED'>
  /** Whether uploading the same file again can help. */
  retryable: boolean
  /** The sentence that people read. */
  message(expected: string, received: string): string
}

const REJECTED = { status: 'REJECTED', retryable: false } as const

/** Every way in which an image can end without a picture. Described in docs/errors.md. */
export const FAILURES = {
  EMPTY_FILE: {
    ...REJECTED,
    message: (expected, received) => `The file is empty: expected ${expected}, received ${received}.`,
  },
  SIZE_MISMATCH: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is not as large as declared: expected ${expected}, received ${received}.`,
  },
  UNSUPPORTED_FORMAT: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is no picture of a supported format: expected ${expected}, received ${received}.`,
  },
  CONTENT_TYPE_MISMATCH: {
    ...REJECTED,
    message: (expected, received) =>
      `The file is not what it was declared to be: expected ${expected}, received ${received}.`,
  },
  TOO_MANY_PIXELS: {
    ...REJECTED,
    message: (expected, received) => `The picture has too many pixels: expected ${expected}, received ${received}.`,
  },
  IMAGE_TOO_ELONGATED: {
    ...REJECTED,
    message: (expected, received) =>
      `The picture is too long for its width: expected ${expected}, received ${received}.`,
  },
  CORRUPT_IMAGE: {
    ...REJECTED,
    message: (expected, received) => `The picture is damaged: expected ${expected}, received ${received}.`,
  },
  PROCESSING_FAILED: {
    status: 'FAILED',
    retryable: true,
    message: (expected, received) =>
      `Darkroom could not develop the picture: expected ${expected}, received ${received}.`,
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
    readonly code: Exclude<FailureCode, 'PROCESSING_FAILED'>,
    expected: string,
    received: string,
    options?: ErrorOptions,
  ) {
    const recorded = describeFailure(code, expected, received)
    super(recorded.failure.message, options)
    this.recorded = recorded
  }
}

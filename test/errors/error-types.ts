/** What a caller should know of an `errorType`, besides its sentence. */
export interface ErrorRow {
  /** Who has to change something. */
  fault: 'caller' | 'Darkroom' | 'nobody'
  /** Whether the same request can succeed when it is sent again. */
  retryable: 'yes' | 'no' | 'later'
  remedy: string
}

const CALLER = { fault: 'caller', retryable: 'no' } as const

/** Every `errorType` of the resolvers. A type without a row, or a row without its type, fails a test. */
export const ERROR_TYPES: Readonly<Record<string, ErrorRow>> = {
  ImageAlreadyFinished: {
    fault: 'nobody',
    retryable: 'no',
    remedy: 'For the back end alone. Nothing: the report was late or repeated, and is done.',
  },
  ImageBeingProcessed: {
    fault: 'nobody',
    retryable: 'later',
    remedy: 'For the back end alone. Nothing: whoever develops the image will report.',
  },
  ImageChangedMeanwhile: {
    fault: 'nobody',
    retryable: 'yes',
    remedy: 'Send the same once more: nothing was changed by it.',
  },
  ImageHeld: {
    fault: 'nobody',
    retryable: 'later',
    remedy: 'Make it PUBLIC when `onImageChanged` says that `moderationStatus` is CLEARED, if it ever is.',
  },
  ImageNotDeleted: { ...CALLER, remedy: 'For the back end alone. Nothing: the image was not hidden after all, and stays.' },
  ImageNotFinished: {
    fault: 'caller',
    retryable: 'later',
    remedy: 'Wait for `onImageProcessed`. An image that is EXPIRED has no original: ask for another upload.',
  },
  ImageNotFound: { ...CALLER, remedy: 'Look the id up in `images`; somebody else\'s image is not found either.' },
  ImageNotReady: {
    fault: 'caller',
    retryable: 'later',
    remedy: 'Make it PUBLIC, or compare it, when `onImageProcessed` says that it is READY.',
  },
  InvalidAltText: { ...CALLER, remedy: 'Shorten the text.' },
  InvalidBatchSize: { ...CALLER, remedy: 'Send at least one, and the rest in further batches.' },
  InvalidByteSize: { ...CALLER, remedy: 'Choose a file within the limit, and send its exact size.' },
  InvalidCategory: { ...CALLER, remedy: 'Shorten the category.' },
  InvalidDistance: { ...CALLER, remedy: 'Ask within the range; 3 finds all near-duplicates.' },
  InvalidFileName: { ...CALLER, remedy: 'Give the file a name, or a shorter one.' },
  InvalidFilter: { ...CALLER, remedy: 'Ask for one list at a time: by status, or by one label, category or tag.' },
  InvalidLimit: { ...CALLER, remedy: 'Ask for fewer, and go on with `nextToken`.' },
  InvalidNextToken: { ...CALLER, remedy: 'Start again at the first page, without a token.' },
  InvalidOutcome: { ...CALLER, remedy: 'For the back end alone. A fault of its code.' },
  InvalidSha256: { ...CALLER, remedy: 'Send the SHA-256 in hex, or leave it out.' },
  InvalidTags: { ...CALLER, remedy: 'Send fewer, shorter, or none that are blank.' },
  InvalidTitle: { ...CALLER, remedy: 'Shorten the title.' },
  InvalidTransition: {
    fault: 'nobody',
    retryable: 'no',
    remedy: 'For the back end alone. Nothing: the image is further than the report.',
  },
  InvalidViews: { ...CALLER, remedy: 'For the back end alone. A fault of its code.' },
  NothingToUpdate: { ...CALLER, remedy: 'Say what is to change.' },
  ServiceUnavailable: {
    fault: 'Darkroom',
    retryable: 'yes',
    remedy: 'Try again, after a pause that grows. What was asked for may have been done, or not.',
  },
  TooManyPendingUploads: {
    fault: 'caller',
    retryable: 'later',
    remedy: 'Send the files that were asked for, or wait: what is not uploaded is EXPIRED after some 15 minutes.',
  },
  UnsupportedContentType: { ...CALLER, remedy: 'Export the picture as one of the types that the sentence names.' },
  VersionConflict: {
    fault: 'nobody',
    retryable: 'no',
    remedy: 'Read the image, look whether the change still makes sense, and send it with the version that was read.',
  },
}

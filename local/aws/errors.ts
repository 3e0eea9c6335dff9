/** An error as AWS services answer it: a code that clients switch on, a sentence, an HTTP status. */
export class AwsError extends Error {
  constructor(
    /** The exception's name without namespace, e.g. `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    /** HTTP status, 400 by default: most AWS client errors are. */
    readonly statusCode = 400,
    /** Further members of the error's body, e.g. `CancellationReasons`. */
    readonly members: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = code
  }
}

/** For what the local run does not emulate. It says so by name, and never answers something plausible instead. */
export class NotImplemented extends AwsError {
  constructor(what: string) {
    super('NotImplemented', `${what} is not emulated by the local run. See local/README.md; use AWS for it.`, 501)
  }
}

import type { RaisedError } from '../code-runtime.ts'

/** Thrown through a handler by `util.error`; the code itself can't catch anything. */
export class ErrorSignal extends Error {
  constructor(readonly raised: RaisedError) {
    super(raised.message)
  }
}

/** Thrown through a handler by `util.unauthorized`. */
export class UnauthorizedSignal extends Error {}

/** Thrown through a handler by `runtime.earlyReturn`. */
export class EarlyReturnSignal extends Error {
  constructor(readonly value: unknown, readonly skipTo: 'END' | 'NEXT') {
    super('earlyReturn')
  }
}

/** A fault of the code's own: a limit exceeded, or an argument that a utility can't take. */
export class RuntimeFault extends Error {}

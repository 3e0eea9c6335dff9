/** What AppSync asks of whatever runs APPSYNC_JS code. */

/** Code that was checked and compiled once. */
export interface CompiledCode {
  evaluate(handler: 'request' | 'response', ctx: object, call: { authType: string }): Evaluation
}

/** An enhanced subscription filter. */
export interface SubscriptionFilter {
  filterGroup: { filters: { fieldName: string; operator: string; value: unknown }[] }[]
}

/** `extensions.*` calls. */
export interface EvaluationExtensions {
  subscriptionFilter?: SubscriptionFilter
  invalidationFilter?: SubscriptionFilter
  invalidations: { subscriptionField: string; payload: Record<string, unknown> }[]
}

/** An error that the code raised. */
export interface RaisedError {
  message: string
  errorType: string | null
  errorInfo: unknown
  data: unknown
}

/** What one run of a handler came to. */
export interface Evaluation {
  /** What it returned, as JSON. */
  result: unknown
  /** `ctx.stash` afterwards. */
  stash: Record<string, unknown>
  /** Set when `runtime.earlyReturn` ended it. */
  earlyReturn?: { value: unknown; skipTo: 'END' | 'NEXT' }
  /** Set when `util.error`, or an error of the code itself, ended it. */
  error?: RaisedError
  /** Set when `util.unauthorized` ended it. */
  unauthorized?: boolean
  appendedErrors: RaisedError[]
  extensions: EvaluationExtensions
  responseHeaders: Record<string, string>
}

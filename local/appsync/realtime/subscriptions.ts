import { type ExecutionResult, execute } from 'graphql'
import type { Log } from '../../aws/context.ts'
import { isRecord } from '../../aws/json.ts'
import type { SubscriptionFilter } from '../code-runtime.ts'
import { answerOf, type Executed, type PreparedOperation } from '../graphql/execute-operation.ts'
import { MAX_EVENT_BYTES } from '../limits.ts'
import type { OperationScope } from '../resolve/scope.ts'
import { eventsOf } from './event-payload.ts'
import { matchesArguments, matchesFilter } from './filter.ts'

/** A payload of `data` messages. */
export interface EventPayload {
  data: unknown
  errors?: unknown[]
}

/** One accepted subscription. */
export interface Subscription {
  fieldName: string
  args: Record<string, unknown>
  filter: SubscriptionFilter | undefined
  invalidationFilter: SubscriptionFilter | undefined
  /** The subscriber's own selection, and who it is: each event is cut to both. */
  prepared: PreparedOperation
  scope: OperationScope
  deliver(payload: EventPayload): void
  complete(): void
}

/** Knows who listens to what. */
export interface Subscriptions {
  add(subscription: Subscription): { end(): void }
  /** Sends the events of an executed mutation to whom they concern, and ends subscriptions that it invalidates. */
  publish(executed: Executed): void
}

export function createSubscriptions(log: Log): Subscriptions {
  const byField = new Map<string, Set<Subscription>>()
  const listeners = (fieldName: string) => [...(byField.get(fieldName) ?? [])]
  return {
    add(subscription) {
      const set = byField.get(subscription.fieldName) ?? new Set()
      byField.set(subscription.fieldName, set.add(subscription))
      return { end: () => void set.delete(subscription) }
    },
    publish(executed) {
      const { api, extensions } = executed.scope
      for (const { mutationField, payload } of eventsOf(executed)) {
        for (const fieldName of api.subscriptionsByMutation.get(mutationField) ?? []) {
          for (const subscription of listeners(fieldName)) {
            if (concerns(subscription, payload)) deliver(subscription, payload, log)
          }
        }
      }
      for (const { subscriptionField, payload } of extensions.invalidations) {
        for (const subscription of listeners(subscriptionField)) {
          if (!subscription.invalidationFilter || !matchesFilter(subscription.invalidationFilter, payload)) continue
          byField.get(subscriptionField)?.delete(subscription)
          subscription.complete()
        }
      }
    },
  }
}

function concerns({ filter, args }: Subscription, payload: Record<string, unknown>): boolean {
  return filter ? matchesFilter(filter, payload) : matchesArguments(args, payload)
}

function deliver(subscription: Subscription, payload: Record<string, unknown>, log: Log): void {
  const event = project(subscription, payload)
  const size = Buffer.byteLength(JSON.stringify(event))
  if (size > MAX_EVENT_BYTES) {
    log(
      'error',
      'appsync',
      `An event of ${subscription.fieldName} was dropped: expected at most ${MAX_EVENT_BYTES} bytes, received ${size}.`,
    )
    return
  }
  subscription.deliver(event)
}

/**
 * The event as this subscriber selected it and may see it. What the mutation did not select is null; where that is a
 * non-null field, the null rises to the event itself. No resolver runs.
 */
function project(
  { fieldName, prepared, scope: { api }, scope }: Subscription,
  payload: Record<string, unknown>,
): EventPayload {
  const result = execute({
    schema: api.schema,
    document: prepared.document,
    operationName: prepared.operation.name?.value,
    variableValues: prepared.variables,
    rootValue: { [fieldName]: payload },
    contextValue: scope,
  })
  if (isPromise(result))
    throw new Error(`An event of ${fieldName} can't be projected at once: a field's value is a promise.`)
  const answer = answerOf(result.data, result.errors ?? [], api)
  const data = withoutRootAlias(answer.data, fieldName)
  return answer.errors ? { data, errors: answer.errors } : { data }
}

/** AppSync delivers an event under its field's own name, whatever alias the subscription gave it. */
function withoutRootAlias(data: unknown, fieldName: string): unknown {
  return isRecord(data) ? { [fieldName]: Object.values(data)[0] } : data
}

function isPromise(value: ExecutionResult | PromiseLike<ExecutionResult>): value is PromiseLike<ExecutionResult> {
  return 'then' in value
}

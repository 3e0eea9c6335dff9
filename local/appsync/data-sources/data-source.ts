import type { Principal } from '../auth/identity.ts'
import type { OperationScope } from '../resolve/scope.ts'

/** What a data source knows of the field that it serves. */
export interface DataSourceCall {
  principal: Principal
  arguments: Record<string, unknown>
  typeName: string
  fieldName: string
  /** Name of the field's type. */
  outputType: string
  /** Limit of `BatchInvoke`; 0: none. */
  maxBatchSize: number
  /** Evaluated again for each element of a batch's answer. */
  scope: OperationScope
}

/** What the response handler gets to see as `ctx.result` and `ctx.error`. */
export interface Outcome {
  result: unknown
  error?: { message: string; type: string }
}

/** An `AWS::AppSync::DataSource`. */
export interface DataSource {
  name: string
  type: 'AMAZON_DYNAMODB' | 'AWS_LAMBDA' | 'HTTP' | 'NONE'
  /**
   * Turns a request object into calls.
   * @throws FieldError `MappingTemplate` for a request it can't read; NotImplemented by name
   */
  invoke(request: unknown, call: DataSourceCall): Promise<Outcome>
}

import { Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * Says why a grant names more than one resource; cdk-nag refuses every star without such a reason.
 * @param resource as it stands in the statement, e.g. `<bucket ARN>/originals/*` or `*`
 */
export function acknowledgeWildcard(role: IConstruct, resource: string, reason: string): void {
  const id = `AwsSolutions-IAM5[Resource::${flatten(Stack.of(role).resolve(resource))}]`
  Validations.of(role).acknowledge({ id, reason })
}

/** Writes intrinsic functions the way cdk-nag names them in its findings: `<LogicalId.Arn>/originals/*`. */
function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const [[intrinsic, argument] = []] = Object.entries(value)
  if (intrinsic === 'Ref') return `<${String(argument)}>`
  if (intrinsic === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`
  if (intrinsic === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]]
    return parts.map(flatten).join(separator)
  }
  throw new Error(`expected Ref, Fn::GetAtt or Fn::Join in a resource's ARN, got ${JSON.stringify(value)}`)
}

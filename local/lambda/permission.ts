import type { PolicyDocument } from '../aws/caller.ts'
import type { Resource } from '../aws/resource.ts'

/**
 * What `AWS::Lambda::Permission` resources allow on a function, as the policy that Lambda makes of them.
 * @returns undefined when there are none
 */
export function functionPolicy(functionNames: string[], resources: Resource[]): PolicyDocument | undefined {
  const statements = resources
    .filter(({ type, properties }) => {
      return type === 'AWS::Lambda::Permission' && functionNames.includes(String(properties['FunctionName']))
    })
    .map(({ logicalId, properties }) => {
      const { Principal: principal, SourceArn: arn, SourceAccount: account } = properties
      const isService = typeof principal === 'string' && principal.endsWith('.amazonaws.com')
      return {
        Sid: logicalId,
        Effect: 'Allow',
        Principal: isService ? { Service: principal } : { AWS: principal },
        Action: properties['Action'],
        Resource: '*',
        Condition: {
          ...(arn !== undefined && { ArnLike: { 'aws:SourceArn': arn } }),
          ...(account !== undefined && { StringEquals: { 'aws:SourceAccount': account } }),
        },
      }
    })
  return statements.length > 0 ? { Version: '2012-10-17', Statement: statements } : undefined
}

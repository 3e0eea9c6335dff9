import type { Caller, PolicyDocument } from '../aws/caller.ts'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import { managedPolicy } from './managed-policies.ts'
import { compilePolicy } from './policy.ts'

export type RoleCaller = Extract<Caller, { kind: 'role' }>

/** The synthesized roles, each with every policy that the template attaches to it. */
export interface Roles {
  /** @throws Error when the template has no role of that ARN */
  caller(roleArn: string): RoleCaller
  all(): RoleCaller[]
  /**
   * Checks that a role lets a service assume it, as AWS does before it uses the role.
   * @param service e.g. `lambda.amazonaws.com`
   * @throws Error naming role and service
   */
  assertTrusts(roleArn: string, service: string): void
}

/** Gathers `AWS::IAM::Role`, `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy`, and compiles every policy. */
export function collectRoles(resources: Resource[], accountId: string): Roles {
  const callers = new Map<string, RoleCaller>()
  const trustPolicies = new Map<string, PolicyDocument>()
  const byName = new Map<string, RoleCaller>()
  const ownManagedPolicies = new Map<string, PolicyDocument>()

  for (const resource of resources) {
    if (resource.type !== 'AWS::IAM::ManagedPolicy') continue
    ownManagedPolicies.set(resource.physicalId, documentIn(resource, 'PolicyDocument'))
  }
  for (const resource of resources) {
    if (resource.type !== 'AWS::IAM::Role') continue
    const arn = resource.attributes.Arn ?? ''
    if (resource.properties.PermissionsBoundary !== undefined) throw new NotImplemented('A permissions boundary')
    const caller: RoleCaller = { kind: 'role', arn, roleName: resource.physicalId, accountId, policies: [] }
    for (const inline of listIn(resource, 'Policies')) {
      if (isRecord(inline)) caller.policies.push(asDocument(inline.PolicyDocument, resource))
    }
    for (const managed of listIn(resource, 'ManagedPolicyArns')) {
      caller.policies.push(ownManagedPolicies.get(String(managed)) ?? managedPolicy(String(managed)))
    }
    callers.set(arn, caller)
    byName.set(resource.physicalId, caller)
    trustPolicies.set(arn, documentIn(resource, 'AssumeRolePolicyDocument'))
  }
  for (const resource of resources) {
    if (resource.type !== 'AWS::IAM::Policy' && resource.type !== 'AWS::IAM::ManagedPolicy') continue
    for (const roleName of listIn(resource, 'Roles')) {
      const caller = byName.get(String(roleName))
      if (!caller)
        throw new Error(`${resource.logicalId} is attached to a role that the stack does not hold: ${roleName}`)
      caller.policies.push(documentIn(resource, 'PolicyDocument'))
    }
  }
  for (const caller of callers.values()) caller.policies.forEach(compilePolicy)

  return {
    caller(roleArn) {
      const caller = callers.get(roleArn)
      if (!caller) throw new Error(`The stack holds no role ${roleArn}`)
      return caller
    },
    all: () => [...callers.values()],
    assertTrusts(roleArn, service) {
      const policy = trustPolicies.get(roleArn)
      if (!policy) throw new Error(`The stack holds no role ${roleArn}`)
      const trusted = compilePolicy(policy).some(
        (statement) =>
          statement.effect === 'Allow' &&
          statement.action('sts:AssumeRole') &&
          statement.principal?.({ kind: 'service', service }) === 'named',
      )
      if (!trusted) throw new Error(`The role ${roleArn} can't be assumed: its trust policy does not name ${service}`)
    },
  }
}

function listIn(resource: Resource, property: string): unknown[] {
  const value = resource.properties[property] ?? []
  if (!Array.isArray(value)) throw new Error(`${property} of ${resource.logicalId} must be a list`)
  return value
}

function documentIn(resource: Resource, property: string): PolicyDocument {
  return asDocument(resource.properties[property], resource)
}

function asDocument(value: unknown, resource: Resource): PolicyDocument {
  if (!isRecord(value) || value.Statement === undefined) {
    throw new Error(`${resource.logicalId} holds a policy without Statement`)
  }
  return { Statement: value.Statement, ...(typeof value.Version === 'string' ? { Version: value.Version } : {}) }
}

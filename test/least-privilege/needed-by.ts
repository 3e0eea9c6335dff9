import type { Caller, PolicyDocument } from '../../local/aws/caller.ts'
import { isRecord } from '../../local/aws/json.ts'
import type { Assembly, Resource } from '../../local/aws/resource.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'
import { collectRoles } from '../../local/iam/roles.ts'
import type { Asked } from './recording-authorizer.ts'

/** What decides about calls: roles with their policies, and the policies of resources. */
export interface Policies {
  roleCaller(caller: Caller): Caller
  resourcePolicy(document: PolicyDocument | undefined): PolicyDocument | undefined
}

/** @param original the same stack with every grant, by whose resource policies those of `without` are found */
export function policiesOf(without: Assembly, original: Assembly): Policies {
  const roles = collectRoles(without.resources, without.accountId)
  const changedById = new Map(without.resources.map((resource) => [resource.logicalId, resource]))
  return {
    roleCaller: (caller) => (caller.kind === 'role' ? roles.caller(caller.arn) : caller),
    resourcePolicy(document) {
      const wanted = JSON.stringify(document?.Statement)
      const holder = original.resources.find((resource) => JSON.stringify(statementsOf(resource)) === wanted)
      const statements = holder && statementsOf(changedById.get(holder.logicalId))
      return statements === undefined ? document : { Statement: statements }
    },
  }
}

/** Whether a call that was allowed is denied by these policies. */
export function isDenied({ caller, request, allowed }: Asked, policies: Policies): boolean {
  if (!allowed) return false
  try {
    createAuthorizer().authorize(policies.roleCaller(caller), {
      ...request,
      resourcePolicy: policies.resourcePolicy(request.resourcePolicy),
    })
    return false
  } catch {
    return true
  }
}

function statementsOf(resource: Resource | undefined): unknown {
  const document = resource?.properties.PolicyDocument
  return isRecord(document) ? document.Statement : undefined
}

import type { Caller, PolicyDocument } from '../aws/caller.ts'
import { AwsError } from '../aws/errors.ts'
import type { AccessRequest, Authorizer } from '../aws/iam.ts'
import type { ConditionContext } from './conditions.ts'
import { compilePolicy, type CompiledStatement } from './policy.ts'

/** HTTP status of a refusal where the service has none of its own. */
const FORBIDDEN = 403

type Verdict = 'allow' | 'deny' | 'silent'

/**
 * Decides as IAM does within one account: an explicit deny wins; else an allow of the caller's own policies or of the
 * resource's is enough; else denied. Services and anonymous callers have no policies of their own. The operator, the
 * person at this laptop, may do everything that no policy denies.
 */
export function createAuthorizer(): Authorizer {
  return {
    authorize(caller, request) {
      const context = contextOf(caller, request)
      const identity = caller.kind === 'role' ? identityVerdict(caller.policies, request, context) : 'silent'
      const resource = request.resourcePolicy
        ? verdict(compilePolicy(request.resourcePolicy), caller, request, context)
        : 'silent'
      if (identity === 'deny') throw denied(caller, request, 'with an explicit deny in an identity-based policy')
      if (resource === 'deny') throw denied(caller, request, 'with an explicit deny in a resource-based policy')
      if (identity === 'allow' || resource === 'allow' || caller.kind === 'operator') return
      const missing = caller.kind === 'role' ? 'identity-based' : 'resource-based'
      throw denied(caller, request, `because no ${missing} policy allows the ${request.action} action`)
    },
  }
}

function identityVerdict(policies: PolicyDocument[], request: AccessRequest, context: ConditionContext): Verdict {
  let allowed = false
  for (const policy of policies) {
    const result = verdict(compilePolicy(policy), undefined, request, context)
    if (result === 'deny') return 'deny'
    if (result === 'allow') allowed = true
  }
  return allowed ? 'allow' : 'silent'
}

/** @param caller undefined for identity policies, where no statement names a principal */
function verdict(
  statements: CompiledStatement[],
  caller: Caller | undefined,
  request: AccessRequest,
  context: ConditionContext,
): Verdict {
  let allowed = false
  for (const statement of statements) {
    if (!statement.action(request.action) || !statement.resource(request.resource)) continue
    if (caller) {
      const match = statement.principal?.(caller)
      // An allow for a whole account hands the decision to its identity policies; a deny binds everyone in it.
      if (match === undefined || (match === 'account' && statement.effect === 'Allow')) continue
    }
    if (!statement.conditions(context)) continue
    if (statement.effect === 'Deny') return 'deny'
    allowed = true
  }
  return allowed ? 'allow' : 'silent'
}

/** Condition keys that follow from the caller; those of the request come on top. The loopback counts as TLS. */
function contextOf(caller: Caller, request: AccessRequest): ConditionContext {
  const context: ConditionContext = {
    'aws:securetransport': 'true',
    'aws:principalisawsservice': String(caller.kind === 'service'),
    'aws:viaawsservice': 'false',
  }
  if (caller.kind === 'role') {
    context['aws:principalarn'] = caller.arn
    context['aws:principalaccount'] = caller.accountId
    context['aws:principaltype'] = 'AssumedRole'
  } else if (caller.kind === 'operator') {
    context['aws:principalarn'] = caller.arn
    context['aws:principalaccount'] = caller.arn.split(':')[4] ?? ''
    context['aws:principaltype'] = 'User'
  } else if (caller.kind === 'service') {
    context['aws:principalservicename'] = caller.service
    if (caller.sourceArn !== undefined) context['aws:sourcearn'] = caller.sourceArn
    if (caller.sourceAccount !== undefined) context['aws:sourceaccount'] = caller.sourceAccount
  } else {
    context['aws:principaltype'] = 'Anonymous'
  }
  return Object.assign(context, request.context)
}

function denied(caller: Caller, request: AccessRequest, reason: string): AwsError {
  const who = caller.kind === 'service' ? caller.service : caller.kind === 'anonymous' ? 'anonymous' : caller.arn
  return new AwsError(
    'AccessDenied',
    `User: ${who} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`,
    FORBIDDEN,
  )
}

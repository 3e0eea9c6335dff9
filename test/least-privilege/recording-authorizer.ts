import { AwsError } from '../../local/aws/errors.ts'
import type { Caller } from '../../local/aws/caller.ts'
import type { AccessRequest, Authorizer } from '../../local/aws/iam.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'

/** One question that a service asked of IAM. */
export interface Asked {
  caller: Caller
  request: AccessRequest
  allowed: boolean
}

/**
 * Decides as the local run does, and keeps what it was asked.
 * @param outage action that is refused whoever asks, which is not kept: its service is out of order
 */
export function createRecordingAuthorizer(outage?: string): { authorizer: Authorizer; asked: Asked[] } {
  const { authorize } = createAuthorizer()
  const asked: Asked[] = []
  return {
    asked,
    authorizer: {
      authorize(caller, request) {
        if (request.action === outage) throw new AwsError('ThrottlingException', 'Rate exceeded')
        const question = { caller, request, allowed: false }
        asked.push(question)
        authorize(caller, request)
        question.allowed = true
      },
    },
  }
}

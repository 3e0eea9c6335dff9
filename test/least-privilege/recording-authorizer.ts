import type { Caller } from '../../local/aws/caller.ts'
import type { AccessRequest, Authorizer } from '../../local/aws/iam.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'

/** One question that a service asked of IAM. */
export interface Asked {
  caller: Caller
  request: AccessRequest
  allowed: boolean
}

/** Decides as the local run does, and keeps what it was asked. */
export function createRecordingAuthorizer(): { authorizer: Authorizer; asked: Asked[] } {
  const { authorize } = createAuthorizer()
  const asked: Asked[] = []
  return {
    asked,
    authorizer: {
      authorize(caller, request) {
        const question = { caller, request, allowed: false }
        asked.push(question)
        authorize(caller, request)
        question.allowed = true
      },
    },
  }
}

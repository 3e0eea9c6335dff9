import { AwsError } from '../../local/aws/errors.ts'
import type { Authorizer } from '../../local/aws/iam.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'

/** Decides as IAM does; and while it is told so, every read or every write of the table is throttled, whoever asks. */
export class ThrottledTable implements Authorizer {
  private throttled = new Map<'reads' | 'writes', number>([['reads', 0], ['writes', 0]])
  private readonly allowed = createAuthorizer()

  authorize: Authorizer['authorize'] = (caller, request) => {
    const [service, action = ''] = request.action.split(':')
    if (service === 'dynamodb' && caller.kind === 'role') {
      const kind = /^(Get|BatchGet|Query)/.test(action) ? 'reads' : 'writes'
      if (this.throttled.get(kind)) {
        throw new AwsError('ProvisionedThroughputExceededException', 'The level of configured throughput was exceeded')
      }
    }
    this.allowed.authorize(caller, request)
  }

  /** Throttles until `work` is done. */
  async during<Result>(kind: 'reads' | 'writes', work: () => Promise<Result>): Promise<Result> {
    this.count(kind, 1)
    try {
      return await work()
    } finally {
      this.count(kind, -1)
    }
  }

  private count(kind: 'reads' | 'writes', by: number): void {
    this.throttled.set(kind, (this.throttled.get(kind) ?? 0) + by)
  }
}

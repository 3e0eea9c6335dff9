import { createHash } from 'node:crypto'
import type { ServiceContext } from '../../aws/context.ts'
import type { ApiDefinition } from '../definition.ts'
import { RequestRefused } from '../errors.ts'
import { authenticateIam } from './iam.ts'
import type { Principal } from './identity.ts'
import { UNAUTHORIZED } from './status.ts'

/** What a caller shows of itself: HTTP headers, or the JSON header of a WebSocket message. */
export interface Presented {
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  /** Path and query that an IAM signature covers. */
  url: string
  /** The body that an IAM signature covers. */
  body: string | Buffer
  sourceIp: string
}

const SIGV4_PREFIX = 'AWS4-HMAC-SHA256'

/**
 * Finds the one authorization mode that a request uses. Headers of modes that the API does not have count for nothing.
 * @throws RequestRefused UnauthorizedException and, for bad signatures, AWS's own codes
 */
export function authenticate(presented: Presented, api: ApiDefinition, context: ServiceContext): Principal {
  const authorization = presented.headers.authorization
  if (authorization?.startsWith(SIGV4_PREFIX) && api.modes.has('AWS_IAM')) {
    const bodySha256 = createHash('sha256').update(presented.body).digest('hex')
    return authenticateIam(
      { method: 'POST', url: presented.url, headers: presented.headers, bodySha256 },
      presented.sourceIp,
      context,
    )
  }
  if (authorization && !authorization.startsWith(SIGV4_PREFIX) && api.userPool) {
    return { mode: 'AMAZON_COGNITO_USER_POOLS', identity: api.userPool.verify(authorization, presented.sourceIp) }
  }
  const key = presented.headers['x-api-key']
  if (key !== undefined && api.modes.has('API_KEY')) {
    if (api.apiKeys.accepts(key)) return { mode: 'API_KEY', identity: null }
    throw refused('You are not authorized to make this call.')
  }
  throw refused(
    api.defaultMode === 'API_KEY'
      ? 'You are not authorized to make this call.'
      : 'Valid authorization header not provided.',
  )
}

const refused = (message: string) => new RequestRefused(UNAUTHORIZED, 'UnauthorizedException', message)

import { randomBytes } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import type { Resource } from '../aws/resource.ts'
import { type AccessLog, createAccessLog } from './access-log.ts'
import { readHeaders } from '../s3/read-request.ts'
import type { S3 } from '../s3/s3.ts'
import { type Behavior, type Distribution, distributionArn, findBehavior, readDistribution } from './distribution.ts'
import { EdgeCache } from './edge-cache.ts'
import { createInvalidations, type Invalidations } from './invalidations.ts'
import { logWhenDone } from './log-when-done.ts'
import type { Answer } from './read-object.ts'
import { type Cached, type EdgeResult, serveCached } from './serve-cached.ts'
import { applyResponseHeadersPolicy } from './response-headers-policy.ts'

/** The template's distribution over HTTP; the loopback counts as TLS. */
export interface CloudFront {
  /** @throws NotImplemented for settings under which AWS would serve something else */
  deploy(resources: Resource[]): void
  handler: RequestListener
  /**
   * What the distribution's edge cache was told to forget.
   * @throws AwsError NoSuchDistribution, AccessDenied
   */
  invalidations(distributionId: string, action: string, caller: Caller): Invalidations
  stop(): Promise<void>
}

/** Random bytes of a request id. */
const REQUEST_ID_BYTES = 42

/** File of the service's data folder that holds the invalidations. */
const INVALIDATIONS_FILE = 'invalidations.jsonl'

const FORBIDDEN = 403
const NOT_FOUND = 404
const MULTIPLE_CHOICES = 300
const NOT_MODIFIED = 304

export function createCloudFront(
  context: ServiceContext,
  s3: Pick<S3, 'getObject' | 'preflight' | 'deliverLog'>,
): CloudFront {
  let distribution: Distribution | undefined
  let accessLog: AccessLog | undefined
  const cache = new EdgeCache<Cached>(() => context.clock.now())
  const invalidations = createInvalidations(join(context.dataDir, INVALIDATIONS_FILE), context.clock, (paths) => {
    cache.forget(paths.map((path) => filePath(path, distribution)))
  })
  return {
    deploy(resources) {
      distribution = readDistribution(resources, context.accountId)
      if (distribution?.logging) accessLog = createAccessLog(context, s3, distribution.id, distribution.logging)
    },
    handler(request, response) {
      const requestId = randomBytes(REQUEST_ID_BYTES).toString('base64url')
      request.resume()
      if (distribution && accessLog) {
        const about = { clock: context.clock, domainName: distribution.domainName, requestId }
        logWhenDone(accessLog, about, request, response)
      }
      void serve({ distribution, s3, context, cache }, request, response, requestId).catch((error: unknown) => {
        context.log('debug', 'cloudfront', 'The viewer went away', { requestId, reason: String(error) })
        response.destroy()
      })
    },
    invalidations(distributionId, action, caller) {
      context.authorizer.authorize(caller, { action, resource: distributionArn(context.accountId, distributionId) })
      if (distribution?.id === distributionId) return invalidations
      throw new AwsError('NoSuchDistribution', 'The specified distribution does not exist.', NOT_FOUND)
    },
    async stop() {
      await accessLog?.stop()
      invalidations.close()
    },
  }
}

interface Served {
  distribution: Distribution | undefined
  s3: Pick<S3, 'getObject' | 'preflight'>
  context: ServiceContext
  cache: EdgeCache<Cached>
}

/** What is served, and how the viewer is told so. */
type Result = Answer & { result: EdgeResult }

/** The root is the default root object. */
function filePath(path: string, distribution: Distribution | undefined): string {
  return path === '/' ? `/${distribution?.defaultRootObject ?? ''}` : path
}

async function serve(
  { distribution, s3, context, cache }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const method = request.method ?? 'GET'
  const headers = readHeaders(request)
  const [path = '/'] = (request.url ?? '/').split('?')
  const behavior = distribution && findBehavior(distribution, path)
  let answer: Result
  if (!distribution?.enabled || !behavior)
    answer = refusal('This distribution is not enabled, or the template has none.')
  else if (!behavior.allowedMethods.includes(method)) {
    answer = refusal(
      `This distribution allows ${behavior.allowedMethods.join(', ')} for this path, and received ${method}.`,
    )
  } else {
    const edge = { s3, context, distribution, requestId, cache }
    answer = await serveCached(edge, behavior, { method, path: filePath(path, distribution), headers })
    answer = await replaceError(answer, distribution, (errorPath) =>
      serveCached(edge, findBehavior(distribution, errorPath), { method, path: errorPath, headers: {} }),
    )
  }
  await send(response, method, behavior, answer, { requestId, origin: headers.origin })
}

/** Serves a custom error page in place of the origin's error; an error of the page's own stands for itself. */
async function replaceError(
  answer: Result,
  { customErrors }: Distribution,
  fetchPage: (path: string) => Promise<Result>,
): Promise<Result> {
  const custom = customErrors.get(answer.status)
  if (!custom) return answer
  const page = await fetchPage(custom.responsePagePath)
  return page.status < MULTIPLE_CHOICES ? { ...page, status: custom.responseCode, result: 'Error' } : answer
}

function refusal(reason: string): Result {
  const body = `<!DOCTYPE html><html><title>403 ERROR</title><body><h1>403 ERROR</h1><p>${reason}</p></body></html>\n`
  return {
    status: FORBIDDEN,
    headers: { server: 'CloudFront', 'content-type': 'text/html', 'content-length': Buffer.byteLength(body) },
    body: Readable.from([body]),
    result: 'Error',
  }
}

async function send(
  response: ServerResponse,
  method: string,
  behavior: Behavior | undefined,
  { status, headers, body, result }: Result,
  { requestId, origin }: { requestId: string; origin: string | undefined },
): Promise<void> {
  const out: OutgoingHttpHeaders = applyResponseHeadersPolicy(behavior?.responseHeaders, headers, {
    origin,
    preflight: method === 'OPTIONS',
  })
  const sent: OutgoingHttpHeaders = {
    ...out,
    'x-cache': `${result} from cloudfront`,
    'x-amz-cf-id': requestId,
  }
  // One by one, so that they can be read back: the log holds some of them.
  for (const [name, value] of Object.entries(sent)) if (value !== undefined) response.setHeader(name, value)
  response.writeHead(status)
  if (method === 'HEAD' || status === NOT_MODIFIED || !body) {
    body?.destroy()
    response.end()
    return
  }
  await pipeline(body, response)
}

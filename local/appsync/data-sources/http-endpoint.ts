import { NotImplemented } from '../../aws/errors.ts'
import type { Endpoints } from '../../ports.ts'

/** First labels of the hosts whose services share the local run's `aws` endpoint. */
const SERVICES_OF_ONE_PORT: ReadonlySet<string> = new Set(['cognito-idp', 'dynamodb', 'lambda', 'rekognition', 'sqs'])

/**
 * Where the local run sends what goes to an endpoint on AWS: a service of the stack's region to that service here, the
 * API's own address to itself. Nothing leaves the machine.
 * @param endpoint `HttpConfig.Endpoint`; its path goes before every `resourcePath`
 * @returns an address without a slash at its end
 * @throws NotImplemented naming any other endpoint
 */
export function localEndpoint(
  endpoint: string,
  { endpoints, region }: { endpoints: Pick<Endpoints, 'appsync' | 'aws'>; region: string },
): string {
  const { host, pathname, search, hash } = readUrl(endpoint)
  const [service = '', ...place] = host.split('.')
  const local = SERVICES_OF_ONE_PORT.has(service) && place.join('.') === `${region}.amazonaws.com`
    ? endpoints.aws
    : host === new URL(endpoints.appsync).host && endpoints.appsync
  if (!local || search || hash) throw new NotImplemented(`AppSync HTTP data source at ${endpoint}`)
  return `${local}${pathname}`.replace(/\/$/, '')
}

function readUrl(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new Error(`Expected HttpConfig.Endpoint to be an address that begins with http or https, received ${endpoint}.`)
}

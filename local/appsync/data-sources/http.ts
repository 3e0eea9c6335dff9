import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Credentials } from '../../aws/caller.ts'
import type { ServiceContext } from '../../aws/context.ts'
import { NotImplemented } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import type { Resource } from '../../aws/resource.ts'
import { readQuery } from '../../sigv4/canonical-request.ts'
import type { DataSource, Outcome } from './data-source.ts'
import { localEndpoint } from './http-endpoint.ts'
import { exchange, ExchangeFailed } from './http-exchange.ts'
import { readHttpRequest, type HttpRequestObject } from './http-request.ts'

/** What a request says is all that counts: not the field that it is for. */
export interface HttpDataSource extends DataSource {
  type: 'HTTP'
  invoke(request: unknown): Promise<Outcome>
}

interface Signing {
  region: string
  /** The service's part of the credential scope, e.g. `sqs`. */
  service: string
}

/** `ctx.error.type` of a request that got no answer: the class that AppSync's own logs name. */
const NO_ANSWER = 'HttpRequestException'

/**
 * The data source that sends HTTP requests, signed by its service role.
 * @param resource an `AWS::AppSync::DataSource` of the type HTTP
 * @param credentialsFor the key pair of a role by its ARN
 * @throws NotImplemented by name for other endpoints and authorizations; Error for what AppSync would refuse
 */
export function httpDataSource(
  { logicalId, properties: { Name, HttpConfig, ServiceRoleArn } }: Resource,
  context: Pick<ServiceContext, 'clock' | 'endpoints' | 'region'>,
  credentialsFor: (roleArn: string) => Required<Credentials>,
): HttpDataSource {
  if (!isRecord(HttpConfig)) throw new Error(`${logicalId}: expected HttpConfig beside the type HTTP, received none.`)
  const base = localEndpoint(String(HttpConfig.Endpoint), context)
  const signing = readSigning(HttpConfig.AuthorizationConfig, logicalId)
  if (typeof ServiceRoleArn !== 'string')
    throw new Error(`${logicalId}: expected ServiceRoleArn beside the authorization AWS_IAM, received none.`)
  const signer = new SignatureV4({ ...signing, credentials: credentialsFor(ServiceRoleArn), sha256: Sha256 })
  return {
    name: String(Name),
    type: 'HTTP',
    async invoke(request) {
      const { method, body, ...read } = readHttpRequest(request)
      const url = new URL(base + read.path)
      url.search = read.query
      const { headers } = await signer.sign(toSign(url, { method, body, ...read }), {
        signingDate: new Date(context.clock.now()),
      })
      try {
        return { result: await exchange(url, { method, headers, body }, context.clock) }
      } catch (error) {
        if (!(error instanceof ExchangeFailed)) throw error
        return { result: null, error: { type: NO_ANSWER, message: error.message } }
      }
    },
  }
}

function toSign(url: URL, { method, headers, body }: HttpRequestObject): HttpRequest {
  return new HttpRequest({
    method,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(readQuery(url.search.slice(1))),
    headers: { ...headers, host: url.host },
    body,
  })
}

function readSigning(config: unknown, logicalId: string): Signing {
  if (!isRecord(config)) throw new NotImplemented(`AppSync HTTP data source without authorization (${logicalId})`)
  const { AuthorizationType, AwsIamConfig } = config
  if (AuthorizationType !== 'AWS_IAM')
    throw new NotImplemented(`AppSync HTTP data source with the authorization ${String(AuthorizationType)}`)
  const { SigningRegion, SigningServiceName } = isRecord(AwsIamConfig) ? AwsIamConfig : {}
  if (typeof SigningRegion !== 'string' || typeof SigningServiceName !== 'string')
    throw new NotImplemented(`AppSync HTTP data source without SigningRegion or SigningServiceName (${logicalId})`)
  return { region: SigningRegion, service: SigningServiceName }
}

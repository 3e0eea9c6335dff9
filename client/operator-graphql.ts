import { Sha256 } from '@aws-crypto/sha256-js'
import type { S3Client } from '@aws-sdk/client-s3'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { ClientError } from './errors.ts'

/** What AppSync answers, as far as it is read here. */
interface Answer {
  data?: Record<string, unknown> | null
  errors?: { errorType?: string; message: string }[]
}

/** Name under which AppSync checks signatures. Source: AppSync developer guide, "AWS_IAM authorization". */
const SIGNING_SERVICE = 'appsync'

/**
 * Runs an operation of the back end's as the operator.
 * @param operator whose credentials and region sign the request
 * @throws ClientError with the API's own words, or when nobody answers
 */
export async function executeAsOperator(
  graphqlUrl: string,
  operator: S3Client,
  query: string,
  variables: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const url = new URL(graphqlUrl)
  const signer = new SignatureV4({
    service: SIGNING_SERVICE,
    region: await operator.config.region(),
    credentials: await operator.config.credentials(),
    sha256: Sha256,
  })
  const body = JSON.stringify({ query, variables })
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body,
    }),
  )
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => {
    throw new ClientError('Nobody answers there. Is Darkroom running? Start it with `npm start`.')
  })
  const answer = (await response.json().catch(() => ({}))) as Answer
  const [error] = answer.errors ?? []
  if (error) throw new ClientError(error.errorType ? `${error.errorType}: ${error.message}` : error.message)
  if (!answer.data) throw new ClientError(`Expected an answer of the API, got status ${response.status}.`)
  return answer.data
}

import { Sha256 } from '@aws-crypto/sha256-js'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Credentials } from '../../../local/aws/caller.ts'
import { givenTarget } from './target.ts'

/** Name under which AppSync checks signatures. Source: AppSync developer guide, "AWS_IAM authorization". */
const SIGNING_SERVICE = 'appsync'

/** Who calls as the back end: see the exception `backEnd`. */
export async function backEndCredentials(): Promise<Credentials> {
  const { backEnd, outputs } = givenTarget()
  if (backEnd) return backEnd
  // Any client of the SDK knows the usual chain.
  return new CognitoIdentityProviderClient({ region: outputs.data.aws_region }).config.credentials()
}

/** Posts a GraphQL request with a SigV4 signature in its headers. */
export async function postSigned(credentials: Credentials, query: string, variables: object = {}): Promise<Response> {
  const { url, aws_region: region } = givenTarget().outputs.data
  const { protocol, hostname, port, pathname: path, host } = new URL(url)
  const body = JSON.stringify({ query, variables })
  const signer = new SignatureV4({ service: SIGNING_SERVICE, region, credentials, sha256: Sha256 })
  const { headers } = await signer.sign(new HttpRequest({
    method: 'POST',
    protocol,
    hostname,
    ...(port ? { port: Number(port) } : {}),
    path,
    headers: { host, 'content-type': 'application/json' },
    body,
  }))
  const { host: _, ...sent } = headers
  return fetch(url, { method: 'POST', headers: sent, body })
}

import { Sha256 } from '@aws-crypto/sha256-js'
import {
  CognitoIdentityProviderClient, InitiateAuthCommand, SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import type { Cloud } from '../../local/cloud.ts'
import type { Principal } from './principals.ts'

const OTHER_USER = { username: 'other@example.com', password: 'Other-password-1' }
/** Who is granted which field; `process-image` stands for all that ask for any other. */
const BACK_END_ROLES: Readonly<Record<string, string>> = {
  recordImageLabels: 'LabellingLabelImageRole',
  recordImageRemoved: 'RemovalRemoveImageRole',
  recordImageViews: 'ViewCountingCountViewsRole',
  publishImageChange: 'ApiSelfRole',
}
const OTHER_FIELDS_ROLE = 'ProcessingProcessImageRole'

const WRONG_API_KEY = 'da2-abcdefghijklmnopqrstuvwxyz'

/** Headers by which somebody tells who they are, on a POST of this body to this path. */
export type Caller = (path: string, body: string) => Promise<Record<string, string>>

export interface Callers {
  callers: Record<Principal, Caller>
  /** The owner's `sub`. */
  owner: string
  /** The other user's `sub`. */
  other: string
}

/**
 * Everybody of the matrix.
 * @param atAnEarlierTime runs something two hours before now
 */
export async function givenCallers(
  cloud: Cloud,
  atAnEarlierTime: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<Callers> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoints.aws,
    region: cloud.assembly.region,
    credentials: cloud.credentialsFor('operator'),
  })
  const ClientId = cloud.assembly.outputs.UserPoolClientId!
  const signIn = async ({ username: USERNAME, password: PASSWORD }: { username: string; password: string }) => {
    const AuthParameters = { USERNAME, PASSWORD }
    const answer = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    )
    return answer.AuthenticationResult!.AccessToken!
  }
  await cognito.send(new SignUpCommand({ ClientId, Username: OTHER_USER.username, Password: OTHER_USER.password }))
  const expired = await atAnEarlierTime(() => signIn(cloud.demoUser))
  const ownerToken = await signIn(cloud.demoUser)
  const otherToken = await signIn(OTHER_USER)
  cognito.destroy()

  const bearer = (authorization: string): Caller => () => Promise.resolve({ authorization })
  const key = (apiKey: string): Caller => () => Promise.resolve({ 'x-api-key': apiKey })
  return {
    callers: {
      none: () => Promise.resolve({}),
      wrongKey: key(WRONG_API_KEY),
      expiredToken: bearer(expired),
      forgedToken: bearer(await forged(ownerToken)),
      guest: key(cloud.assembly.outputs.GuestApiKey!),
      otherUser: bearer(otherToken),
      owner: bearer(ownerToken),
      backEnd: backEnd(cloud),
      operator: signer(cloud, cloud.credentialsFor('operator')),
      otherRole: role(cloud, 'UploadSigningSignUploadRole'),
    },
    owner: decodeJwt(ownerToken).sub!,
    other: decodeJwt(otherToken).sub!,
  }
}

/** The same header and claims, signed by somebody else. */
async function forged(token: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  const { alg = 'RS256', kid } = decodeProtectedHeader(token)
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(privateKey)
}

/** Signs as the role that is granted what the body asks for. */
function backEnd(cloud: Cloud): Caller {
  const others = role(cloud, OTHER_FIELDS_ROLE)
  const callers = Object.entries(BACK_END_ROLES).map(([field, logicalId]) => [field, role(cloud, logicalId)] as const)
  return (path, body) => {
    const [, caller = others] = callers.find(([field]) => body.includes(field)) ?? []
    return caller(path, body)
  }
}

function role(cloud: Cloud, logicalId: string): Caller {
  const found = cloud.assembly.resources.find(
    (resource) => resource.type === 'AWS::IAM::Role' && resource.logicalId.startsWith(logicalId),
  )
  return signer(cloud, cloud.credentialsFor({ roleArn: found?.attributes.Arn ?? '' }))
}

function signer(cloud: Cloud, credentials: ReturnType<Cloud['credentialsFor']>): Caller {
  const signature = new SignatureV4({
    credentials,
    region: cloud.assembly.region,
    service: 'appsync',
    sha256: Sha256,
  })
  const { host, hostname, port } = new URL(cloud.endpoints.appsync)
  return async (path, body) => {
    const headers = { host, 'content-type': 'application/json' }
    const request = new HttpRequest({ method: 'POST', hostname, port: Number(port), path, body, headers })
    return (await signature.sign(request)).headers
  }
}

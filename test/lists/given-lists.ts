import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sha256 } from '@aws-crypto/sha256-js'
import {
  CognitoIdentityProviderClient, InitiateAuthCommand, SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { decodeJwt } from 'jose'
import { inject } from 'vitest'
import { startCloud, type Cloud, type CloudOptions } from '../../local/cloud.ts'
import { CloudClock } from '../e2e/given-moved-cloud.ts'

const PASSWORD = 'Some-password-1'

/** The API refused: the code, and the sentence as message. */
export class Refused extends Error {
  constructor(readonly errorType: string, message: string) {
    super(message)
  }
}

/** Runs one GraphQL operation. @throws Refused for the first of its errors */
export type Run = <T = Record<string, never>>(query: string, variables?: object) => Promise<T>

export interface User {
  /** The user pool's `sub`. */
  owner: string
  run: Run
  /** The `authorization` that shows who it is. */
  token: string
}

/**
 * The stack that would be deployed, with a clock that moves by a millisecond an operation: no two changes are made at
 * the same moment, and no delayed message ever comes due.
 */
export interface GivenLists {
  cloud: Cloud
  clock: CloudClock
  /** Signs somebody up who has no images. */
  newUser(): Promise<User>
  /** Operations of the back end's, signed by the operator. */
  backEnd: Run
  stop(): Promise<void>
}

export async function givenLists(
  options: Pick<CloudOptions, 'onConsumed' | 'authorizer'> = {},
): Promise<GivenLists> {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-lists-'))
  const clock = new CloudClock()
  const cloud = await startCloud({
    assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: () => {}, clock, ...options,
  })
  const { region, outputs } = cloud.assembly
  const credentials = cloud.credentialsFor('operator')
  const cognito = new CognitoIdentityProviderClient({ endpoint: cloud.endpoints.aws, region, credentials })
  const signer = new SignatureV4({ credentials, region, service: 'appsync', sha256: Sha256 })
  const url = new URL('/graphql', cloud.endpoints.appsync)

  const post = async (body: string, headers: Record<string, string>): Promise<unknown> => {
    clock.advance(1)
    const response = await fetch(url, { method: 'POST', body, headers })
    const { data, errors } = (await response.json()) as Answer
    const [error] = errors ?? []
    if (error) throw new Refused(error.errorType, error.message)
    return data
  }
  return {
    cloud,
    clock,
    async newUser() {
      const Username = `${randomUUID()}@example.com`
      await cognito.send(new SignUpCommand({ ClientId: outputs.UserPoolClientId, Username, Password: PASSWORD }))
      const AuthParameters = { USERNAME: Username, PASSWORD }
      const { AuthenticationResult } = await cognito.send(new InitiateAuthCommand({
        ClientId: outputs.UserPoolClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters,
      }))
      const token = AuthenticationResult!.AccessToken!
      const headers = { 'content-type': 'application/json', authorization: token }
      const run = (query: string, variables = {}) => post(JSON.stringify({ query, variables }), headers)
      return { owner: decodeJwt(token).sub!, run: run as Run, token }
    },
    backEnd: (async (query, variables = {}) => {
      const body = JSON.stringify({ query, variables })
      const { host, hostname, port, pathname: path } = url
      const headers = { host, 'content-type': 'application/json' }
      const request = new HttpRequest({ method: 'POST', hostname, port: Number(port), path, headers, body })
      return post(body, (await signer.sign(request)).headers)
    }) as Run,
    async stop() {
      cognito.destroy()
      await cloud.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface Answer {
  data?: unknown
  errors?: { errorType: string; message: string }[]
}

/** SHA-256 of a text, as that of a file. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

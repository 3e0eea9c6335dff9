import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { client, CLIENT_ID, handClock, PASSWORD, pool, POOL_ID, runCognito } from './given.ts'

const USERNAME = 'ada@example.com'
const demo = { userPoolId: POOL_ID, username: USERNAME, password: PASSWORD }

describe('a deployed pool', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'cognito-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  it('is the same after a restart: users, keys and sign-ins', async () => {
    const clock = handClock()
    const first = await runCognito([pool(), client()], { dataDir, clock })
    const { sub } = await first.cognito.ensureUser(demo)
    const { AuthenticationResult: tokens } = await first.sdk.send(
      new InitiateAuthCommand({
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    )
    const jwks = first.cognito.jwks(POOL_ID)
    await first.stop()

    const second = await runCognito([pool(), client()], { dataDir, clock })
    expect(second.cognito.jwks(POOL_ID)).toEqual(jwks)
    expect(await second.cognito.ensureUser(demo)).toEqual({ sub })
    const user = await second.sdk.send(new GetUserCommand({ AccessToken: tokens?.AccessToken }))
    expect(user.Username).toBe(sub)
    await second.sdk.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT_ID, RefreshToken: tokens?.RefreshToken }),
    )
    await second.stop()
  })

  it('keeps no password and no refresh token, in files that only the owner reads', async () => {
    const running = await runCognito([pool(), client()], { dataDir, clock: handClock() })
    await running.cognito.ensureUser(demo)
    const { AuthenticationResult } = await running.sdk.send(
      new InitiateAuthCommand({
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    )
    for (const name of readdirSync(dataDir)) {
      const file = path.join(dataDir, name)
      expect(statSync(file).mode & 0o077).toBe(0)
      const text = readFileSync(file, 'utf8')
      expect(text).not.toContain(PASSWORD)
      expect(text).not.toContain(AuthenticationResult?.RefreshToken)
    }
    await running.stop()
  })

  it('gives a known demo user the password that is asked for', async () => {
    const running = await runCognito([pool(), client()], { dataDir, clock: handClock() })
    const { sub } = await running.cognito.ensureUser({ ...demo, password: 'Another-horse-2' })
    expect(await running.cognito.ensureUser(demo)).toEqual({ sub })
    await running.sdk.send(
      new InitiateAuthCommand({
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    )
    await expect(running.cognito.ensureUser({ ...demo, password: 'short' })).rejects.toMatchObject({
      code: 'InvalidPasswordException',
    })
    await running.stop()
  })

  it('publishes its keys and its issuer', async () => {
    const running = await runCognito([pool(), client()], { dataDir, clock: handClock() })
    const read = async (document: string) => {
      const response = await fetch(`${running.endpoint}/${document}`)
      return { status: response.status, body: (await response.json()) as unknown }
    }
    expect(await read(`${POOL_ID}/.well-known/jwks.json`)).toEqual({
      status: 200,
      body: running.cognito.jwks(POOL_ID),
    })
    expect(await read(`${POOL_ID}/.well-known/openid-configuration`)).toMatchObject({
      status: 200,
      body: { issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}` },
    })
    expect((await read('eu-west-1_Unknown1/.well-known/jwks.json')).status).toBe(400)
    expect(running.cognito.jwks(POOL_ID).keys.every((key) => key.d === undefined)).toBe(true)
    await running.stop()
  })

  it.each([
    [{ LambdaConfig: { PreSignUp: 'arn:aws:lambda:::function:x' } }, 'LambdaConfig'],
    [{ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }, 'DeviceConfiguration'],
    [{ MfaConfiguration: 'ON' }, 'MfaConfiguration'],
  ])('is refused by name with %j', async (properties, named) => {
    await expect(runCognito([pool(properties), client()], { dataDir, clock: handClock() })).rejects.toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining(named),
    })
  })

  it('warns of resources that are not emulated', async () => {
    const domain = { ...client(), type: 'AWS::Cognito::UserPoolDomain', logicalId: 'Domain' }
    const running = await runCognito([pool(), client(), domain], { dataDir, clock: handClock() })
    expect(running.warnings).toEqual([expect.stringContaining('UserPoolDomain')])
    await running.stop()
  })

  it('never calls a method of Object for an operation', async () => {
    const running = await runCognito([pool(), client()], { dataDir, clock: handClock() })
    for (const name of ['constructor', '__proto__', 'toString']) {
      const call = running.cognito.call(name, { ClientId: CLIENT_ID }, { kind: 'anonymous' })
      await expect(call).rejects.toMatchObject({ code: 'NotImplemented' })
    }
    await running.stop()
  })
})

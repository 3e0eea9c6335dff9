import {
  AdminAddUserToGroupCommand,
  AdminUpdateUserAttributesCommand,
  DeleteUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { SignJWT, decodeJwt, generateKeyPair } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { client, CLIENT_ID, group, PASSWORD, pool, POOL_ID, runCognito, type RunningCognito } from './given.ts'

const ROTATING_CLIENT_ID = '2rotating5urk1ft4fl3mg5e62'
const PLAIN_CLIENT_ID = '5plain5urk1ft4fl3mg5e62d9a'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

describe('tokens', () => {
  const USERNAME = 'ada@example.com'
  let running: RunningCognito
  let sub: string

  const signIn = async (ClientId = CLIENT_ID) => {
    const parameters = { USERNAME, PASSWORD }
    const answer = await running.sdk.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters }),
    )
    const { AccessToken = '', IdToken = '', RefreshToken = '', ExpiresIn } = answer.AuthenticationResult ?? {}
    return { AccessToken, IdToken, RefreshToken, ExpiresIn }
  }
  const refresh = (RefreshToken: string, ClientId = CLIENT_ID) =>
    running.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))
  const refreshByFlow = (REFRESH_TOKEN: string, ClientId = CLIENT_ID) =>
    running.sdk.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    )
  const getUser = (AccessToken: string) => running.sdk.send(new GetUserCommand({ AccessToken }))
  const verifier = (tokenUse: 'id' | 'access') => {
    const made = CognitoJwtVerifier.create({ userPoolId: POOL_ID, clientId: CLIENT_ID, tokenUse })
    made.cacheJwks(running.cognito.jwks(POOL_ID) as Parameters<typeof made.cacheJwks>[0])
    return made
  }

  beforeAll(async () => {
    running = await runCognito([
      pool({ Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }] }),
      client({
        AccessTokenValidity: 30,
        IdTokenValidity: 2,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours' },
      }),
      client({ RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } }, ROTATING_CLIENT_ID),
      client({ EnableTokenRevocation: false, ReadAttributes: ['email'] }, PLAIN_CLIENT_ID),
      group('readers', 5),
      group('editors', 1),
    ])
    ;({ sub } = await running.cognito.ensureUser({
      userPoolId: POOL_ID,
      username: USERNAME,
      password: PASSWORD,
      attributes: { email_verified: 'true', 'custom:plan': 'gold' },
    }))
    for (const GroupName of ['readers', 'editors']) {
      await running.sdk.send(new AdminAddUserToGroupCommand({ UserPoolId: POOL_ID, Username: USERNAME, GroupName }))
    }
  })
  afterAll(() => running.stop())

  describe('are accepted by aws-jwt-verify', () => {
    it('the access token, with the claims of one', async () => {
      const claims = await verifier('access').verify((await signIn()).AccessToken)
      expect(claims).toMatchObject({
        sub,
        iss: `https://cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`,
        client_id: CLIENT_ID,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: sub,
        'cognito:groups': ['editors', 'readers'],
        jti: expect.any(String),
        origin_jti: expect.any(String),
        event_id: expect.any(String),
        auth_time: expect.any(Number),
      })
      expect(claims.exp - claims.iat).toBe(1_800)
      expect(claims).not.toHaveProperty('email')
    })

    it('the ID token, with the attributes', async () => {
      const claims = await verifier('id').verify((await signIn()).IdToken)
      expect(claims).toMatchObject({
        sub,
        aud: CLIENT_ID,
        token_use: 'id',
        'cognito:username': sub,
        email: USERNAME,
        email_verified: true,
        'custom:plan': 'gold',
      })
      expect(claims.exp - claims.iat).toBe(7_200)
    })

    it('and one of them is not taken for the other', async () => {
      const { IdToken, AccessToken } = await signIn()
      await expect(verifier('access').verify(IdToken)).rejects.toThrow(/token.use/i)
      await expect(verifier('id').verify(AccessToken)).rejects.toThrow(/token.use/i)
    })

    it('a forged one is not', async () => {
      const { AccessToken } = await signIn()
      const { privateKey } = await generateKeyPair('RS256')
      const kid = running.cognito.jwks(POOL_ID).keys[1]?.kid
      const forged = await new SignJWT(decodeJwt(AccessToken))
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey)
      await expect(verifier('access').verify(forged)).rejects.toThrow(/signature/i)
      await expect(getUser(forged)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      })
    })
  })

  it('say how long the access token lasts', async () => {
    expect((await signIn()).ExpiresIn).toBe(1_800)
  })

  it('carry no origin where the client does not revoke, and only what it may read', async () => {
    const { IdToken, AccessToken, RefreshToken } = await signIn(PLAIN_CLIENT_ID)
    expect(decodeJwt(AccessToken)).not.toHaveProperty('origin_jti')
    expect(decodeJwt(IdToken)).toMatchObject({ email: USERNAME })
    expect(decodeJwt(IdToken)).not.toHaveProperty('custom:plan')
    const revoke = running.sdk.send(new RevokeTokenCommand({ ClientId: PLAIN_CLIENT_ID, Token: RefreshToken }))
    await expect(revoke).rejects.toMatchObject({ name: 'UnsupportedOperationException' })
  })

  it('show changed attributes after a refresh', async () => {
    const { RefreshToken } = await signIn()
    const UserAttributes = [{ Name: 'custom:plan', Value: 'silver' }]
    await running.sdk.send(
      new AdminUpdateUserAttributesCommand({ UserPoolId: POOL_ID, Username: USERNAME, UserAttributes }),
    )
    const { AuthenticationResult } = await refreshByFlow(RefreshToken)
    expect(decodeJwt(AuthenticationResult?.IdToken ?? '')).toMatchObject({ 'custom:plan': 'silver' })
    expect(AuthenticationResult?.RefreshToken).toBeUndefined()
  })

  describe('are refused', () => {
    it('at GetUser when it is the ID token', async () => {
      await expect(getUser((await signIn()).IdToken)).rejects.toMatchObject({ message: 'Invalid Access Token' })
    })

    it.each(['', 'a.b.c', 'nonsense'])('when they are none: %j', async (token) => {
      await expect(getUser(token)).rejects.toMatchObject({
        name: expect.stringMatching(/NotAuthorized|InvalidParameter/),
      })
    })

    it('when a client presents the refresh token of another', async () => {
      const { RefreshToken } = await signIn()
      await expect(refresh(RefreshToken, PLAIN_CLIENT_ID)).rejects.toMatchObject({ message: 'Invalid Refresh Token' })
    })

    it('when RevokeToken is given an access token', async () => {
      const revoke = running.sdk.send(
        new RevokeTokenCommand({ ClientId: CLIENT_ID, Token: (await signIn()).AccessToken }),
      )
      await expect(revoke).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' })
    })
  })

  it('end with RevokeToken: the refresh token, and the access tokens of that sign-in', async () => {
    const [first, second] = [await signIn(), await signIn()]
    await running.sdk.send(new RevokeTokenCommand({ ClientId: CLIENT_ID, Token: first.RefreshToken }))
    await expect(refresh(first.RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' })
    await expect(getUser(first.AccessToken)).rejects.toMatchObject({ message: 'Access Token has been revoked' })
    expect((await getUser(second.AccessToken)).Username).toBe(sub)
  })

  it('end with GlobalSignOut: those of every sign-in', async () => {
    const [first, second] = [await signIn(), await signIn()]
    await running.sdk.send(new GlobalSignOutCommand({ AccessToken: first.AccessToken }))
    await expect(refresh(second.RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' })
    await expect(getUser(second.AccessToken)).rejects.toMatchObject({ message: 'Access Token has been revoked' })
  })

  describe('of a client that rotates', () => {
    it('replace the refresh token, which works on for the grace period only', async () => {
      const { RefreshToken } = await signIn(ROTATING_CLIENT_ID)
      const next = await refresh(RefreshToken, ROTATING_CLIENT_ID)
      expect(next.AuthenticationResult?.RefreshToken).toEqual(expect.any(String))
      running.clock.advance(9_000)
      await refresh(RefreshToken, ROTATING_CLIENT_ID)
      running.clock.advance(1_000)
      await expect(refresh(RefreshToken, ROTATING_CLIENT_ID)).rejects.toMatchObject({
        name: 'RefreshTokenReuseException',
      })
      await refresh(next.AuthenticationResult?.RefreshToken ?? '', ROTATING_CLIENT_ID)
    })

    it('are not refreshed by REFRESH_TOKEN_AUTH', async () => {
      const { RefreshToken } = await signIn(ROTATING_CLIENT_ID)
      await expect(refreshByFlow(RefreshToken, ROTATING_CLIENT_ID)).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    })
  })

  describe('live their time', () => {
    it('an access token half an hour, a refresh token thirty days', async () => {
      const { AccessToken, RefreshToken } = await signIn()
      running.clock.advance(HOUR_MS / 2)
      await expect(getUser(AccessToken)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Access Token has expired',
      })
      running.clock.advance(30 * DAY_MS - HOUR_MS / 2 - 1)
      const { AuthenticationResult } = await refresh(RefreshToken)
      expect((await getUser(AuthenticationResult?.AccessToken ?? '')).Username).toBe(sub)
      running.clock.advance(1)
      await expect(refresh(RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has expired' })
    })
  })

  describe('of a deleted user', () => {
    afterEach(() => running.cognito.ensureUser({ userPoolId: POOL_ID, username: USERNAME, password: PASSWORD }))

    it('open nothing', async () => {
      const { AccessToken, RefreshToken } = await signIn()
      await running.sdk.send(new DeleteUserCommand({ AccessToken }))
      await expect(getUser(AccessToken)).rejects.toMatchObject({ name: 'UserNotFoundException' })
      await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    })
  })
})

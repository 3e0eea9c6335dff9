import {
  AdminCreateUserCommand, AdminSetUserPasswordCommand, InitiateAuthCommand, ListUsersCommand,
  RespondToAuthChallengeCommand, SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readClientSettings } from '../../local/cognito/client-settings.ts'
import * as limits from '../../local/cognito/limits.ts'
import { Lockouts } from '../../local/cognito/lockouts.ts'
import {
  client, CLIENT_ID, handClock, PASSWORD, pool, POOL_ID, runCognito, type RunningCognito,
} from '../local/cognito/given.ts'
import { PASSWORD_VERIFIER, srpClient } from '../local/cognito/srp-client.ts'

const MS = 1_000

let running: RunningCognito
beforeAll(async () => {
  running = await runCognito([
    pool({ UsernameAttributes: undefined, Policies: { PasswordPolicy: { RequireNumbers: true } } }), client(),
  ])
})
afterAll(() => running.stop())

let users = 0
const nextName = () => `user-${(users += 1)}`
const signUp = (Username: string, Password = PASSWORD, name = '') =>
  running.sdk.send(new SignUpCommand({
    ClientId: CLIENT_ID, Username, Password, ...(name && { UserAttributes: [{ Name: 'name', Value: name }] }),
  }))
const initiate = (AuthFlow: 'USER_PASSWORD_AUTH' | 'USER_SRP_AUTH', AuthParameters: Record<string, string>) =>
  running.sdk.send(new InitiateAuthCommand({ ClientId: CLIENT_ID, AuthFlow, AuthParameters }))

describe('a new user has, and is refused with one beyond:', () => {
  it('a password of DEFAULT_MIN_PASSWORD_LENGTH', async () => {
    const password = (length: number) => '1'.repeat(length)
    await expect(signUp(nextName(), password(limits.DEFAULT_MIN_PASSWORD_LENGTH))).resolves.toBeDefined()
    await expect(signUp(nextName(), password(limits.DEFAULT_MIN_PASSWORD_LENGTH - 1)))
      .rejects.toMatchObject({ name: 'InvalidPasswordException' })
  })

  it('a password of MAX_PASSWORD_LENGTH', async () => {
    const password = (length: number) => '1'.repeat(length)
    await expect(signUp(nextName(), password(limits.MAX_PASSWORD_LENGTH))).resolves.toBeDefined()
    await expect(signUp(nextName(), password(limits.MAX_PASSWORD_LENGTH + 1)))
      .rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('a username of MAX_USERNAME_LENGTH', async () => {
    await expect(signUp('u'.repeat(limits.MAX_USERNAME_LENGTH))).resolves.toBeDefined()
    await expect(signUp('u'.repeat(limits.MAX_USERNAME_LENGTH + 1)))
      .rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('an attribute of MAX_ATTRIBUTE_LENGTH', async () => {
    await expect(signUp(nextName(), PASSWORD, 'n'.repeat(limits.MAX_ATTRIBUTE_LENGTH))).resolves.toBeDefined()
    await expect(signUp(nextName(), PASSWORD, 'n'.repeat(limits.MAX_ATTRIBUTE_LENGTH + 1)))
      .rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

it('ListUsers answers MAX_LIST_USERS and takes no higher limit', async () => {
  const list = (Limit: number) => running.sdk.send(new ListUsersCommand({ UserPoolId: POOL_ID, Limit }))
  await expect(list(limits.MAX_LIST_USERS)).resolves.toBeDefined()
  await expect(list(limits.MAX_LIST_USERS + 1)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

it('a temporary password is good for DEFAULT_TEMPORARY_PASSWORD_DAYS, to the millisecond', async () => {
  const Username = nextName()
  const temporary = { UserPoolId: POOL_ID, Username, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' } as const
  await running.sdk.send(new AdminCreateUserCommand(temporary))
  const signIn = () => initiate('USER_PASSWORD_AUTH', { USERNAME: Username, PASSWORD })
  running.clock.advance(limits.DEFAULT_TEMPORARY_PASSWORD_DAYS * limits.SECONDS_PER_UNIT.days * MS - 1)
  expect((await signIn()).ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  running.clock.advance(1)
  await expect(signIn()).rejects.toMatchObject({ name: 'NotAuthorizedException' })
})

it('a challenge may be answered for DEFAULT_AUTH_SESSION_VALIDITY_MIN, and no longer', async () => {
  const Username = nextName()
  await running.sdk.send(new AdminCreateUserCommand({
    UserPoolId: POOL_ID, Username, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS',
  }))
  await running.sdk.send(new AdminSetUserPasswordCommand({
    UserPoolId: POOL_ID, Username, Password: PASSWORD, Permanent: true,
  }))
  const session = limits.DEFAULT_AUTH_SESSION_VALIDITY_MIN * limits.SECONDS_PER_UNIT.minutes * MS
  const signInAfter = async (ms: number) => {
    const srp = srpClient(POOL_ID.split('_')[1] ?? '')
    const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME: Username, SRP_A: srp.publicValue })
    running.clock.advance(ms)
    const ChallengeResponses = srp.answer(ChallengeParameters, PASSWORD)
    return running.sdk.send(new RespondToAuthChallengeCommand({
      ClientId: CLIENT_ID, ChallengeName: PASSWORD_VERIFIER, ChallengeResponses,
    }))
  }
  expect((await signInAfter(session - 1)).AuthenticationResult).toBeDefined()
  await expect(signInAfter(session)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
})

it('keys that sign tokens have SIGNING_KEY_BITS', () => {
  const { keys } = running.cognito.jwks(POOL_ID) as { keys: { n: string }[] }
  const bitsPerByte = 8
  expect(Buffer.from(keys[0]?.n ?? '', 'base64url').length * bitsPerByte).toBe(limits.SIGNING_KEY_BITS)
})

describe('a client', () => {
  it('has default validities unless it names its own', () => {
    expect(readClientSettings(client())).toMatchObject({
      accessValidityS: limits.DEFAULT_TOKEN_VALIDITY_S,
      idValidityS: limits.DEFAULT_TOKEN_VALIDITY_S,
      refreshValidityS: limits.DEFAULT_REFRESH_VALIDITY_DAYS * limits.SECONDS_PER_UNIT.days,
      authSessionValidityS: limits.DEFAULT_AUTH_SESSION_VALIDITY_MIN * limits.SECONDS_PER_UNIT.minutes,
    })
  })

  it.each(Object.entries(limits.SECONDS_PER_UNIT))('may count in %s of %i seconds', (AccessToken, seconds) => {
    const settings = client({ AccessTokenValidity: 7, TokenValidityUnits: { AccessToken } })
    expect(readClientSettings(settings).accessValidityS).toBe(7 * seconds)
  })
})

describe('failed sign-ins', () => {
  const clock = handClock()
  let lockouts = new Lockouts(clock)
  afterEach(() => (lockouts = new Lockouts(clock)))
  const fail = (times: number) => {
    for (let time = 0; time < times; time += 1) lockouts.failed('ada')
  }
  const isLocked = () => {
    try {
      lockouts.check('ada')
      return false
    } catch {
      return true
    }
  }

  it('lock after FAILURES_BEFORE_LOCKOUT, and not before', () => {
    fail(limits.FAILURES_BEFORE_LOCKOUT - 1)
    expect(isLocked()).toBe(false)
    fail(1)
    expect(isLocked()).toBe(true)
  })

  it('lock for FIRST_LOCKOUT_MS', () => {
    fail(limits.FAILURES_BEFORE_LOCKOUT)
    clock.advance(limits.FIRST_LOCKOUT_MS - 1)
    expect(isLocked()).toBe(true)
    clock.advance(1)
    expect(isLocked()).toBe(false)
  })

  it('lock for MAX_LOCKOUT_MS at most, however many there are', () => {
    const doublingsBeyondTheLongest = 10
    fail(limits.FAILURES_BEFORE_LOCKOUT + doublingsBeyondTheLongest)
    clock.advance(limits.MAX_LOCKOUT_MS - 1)
    expect(isLocked()).toBe(true)
    clock.advance(1)
    expect(isLocked()).toBe(false)
  })
})

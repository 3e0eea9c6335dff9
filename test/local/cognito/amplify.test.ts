import { Amplify } from 'aws-amplify'
import {
  confirmSignIn,
  deleteUser,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttributes,
} from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { client, CLIENT_ID, PASSWORD, pool, POOL_ID, runCognito, type RunningCognito } from './given.ts'

/** aws-amplify as it is published, pointed at the local pool by `userPoolEndpoint` alone. */
describe('a person with aws-amplify', () => {
  const username = 'ada@example.com'
  let running: RunningCognito
  let sub: string

  beforeAll(async () => {
    running = await runCognito([pool(), client()])
    Amplify.configure({
      Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: running.endpoint } },
    })
    const tokens = new Map<string, string>()
    cognitoUserPoolsTokenProvider.setKeyValueStorage({
      setItem: async (key, value) => void tokens.set(key, value),
      getItem: async (key) => tokens.get(key) ?? null,
      removeItem: async (key) => void tokens.delete(key),
      clear: async () => tokens.clear(),
    })
    ;({ sub } = await running.cognito.ensureUser({ userPoolId: POOL_ID, username, password: PASSWORD }))
  })
  afterEach(() => signOut())
  afterAll(() => running.stop())

  it('signs in by SRP, the default', async () => {
    const answer = await signIn({ username, password: PASSWORD })
    expect(answer).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } })
    expect(await getCurrentUser()).toMatchObject({
      userId: sub,
      signInDetails: { loginId: username, authFlowType: 'USER_SRP_AUTH' },
    })
  })

  it('signs in by USER_PASSWORD_AUTH', async () => {
    const options = { authFlowType: 'USER_PASSWORD_AUTH' } as const
    expect((await signIn({ username, password: PASSWORD, options })).isSignedIn).toBe(true)
  })

  it.each(['PASSWORD', 'PASSWORD_SRP'] as const)(
    'signs in by USER_AUTH, preferring %s',
    async (preferredChallenge) => {
      const options = { authFlowType: 'USER_AUTH', preferredChallenge } as const
      expect((await signIn({ username, password: PASSWORD, options })).isSignedIn).toBe(true)
    },
  )

  it('signs in by USER_AUTH, choosing the factor', async () => {
    const first = await signIn({ username, options: { authFlowType: 'USER_AUTH' } })
    expect(first.nextStep).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    })
    await confirmSignIn({ challengeResponse: 'PASSWORD_SRP' })
    expect((await confirmSignIn({ challengeResponse: PASSWORD })).isSignedIn).toBe(true)
  })

  it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)(
    'is refused with a wrong password by %s',
    async (authFlowType) => {
      const attempt = signIn({ username, password: 'Wrong-horse-1', options: { authFlowType } })
      await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    },
  )

  it('is refused the same way for a username that nobody has', async () => {
    const attempt = signIn({ username: 'nobody@example.com', password: PASSWORD })
    await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('holds tokens, and gets new ones when told to', async () => {
    await signIn({ username, password: PASSWORD })
    const first = await fetchAuthSession()
    expect(first.tokens?.idToken?.payload).toMatchObject({ sub, token_use: 'id' })
    const second = await fetchAuthSession({ forceRefresh: true })
    expect(second.tokens?.accessToken.payload.jti).not.toBe(first.tokens?.accessToken.payload.jti)
    expect(second.tokens?.accessToken.payload.origin_jti).toBe(first.tokens?.accessToken.payload.origin_jti)
  })

  it('has nothing left to refresh after a global sign-out', async () => {
    await signIn({ username, password: PASSWORD })
    await signOut({ global: true })
    expect((await fetchAuthSession()).tokens).toBeUndefined()
  })

  it('signs up, is confirmed at once, and deletes the account', async () => {
    const newcomer = 'grace@example.com'
    const answer = await signUp({
      username: newcomer,
      password: PASSWORD,
      options: { userAttributes: { name: 'Grace' } },
    })
    expect(answer).toMatchObject({ isSignUpComplete: true, nextStep: { signUpStep: 'DONE' } })
    await signIn({ username: newcomer, password: PASSWORD })
    expect(await fetchUserAttributes()).toEqual({
      sub: answer.userId,
      email: newcomer,
      email_verified: 'true',
      name: 'Grace',
    })
    await deleteUser()
    await expect(signIn({ username: newcomer, password: PASSWORD })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
  })

  it('changes the password and an attribute', async () => {
    const changed = 'Another-horse-2'
    await signIn({ username, password: PASSWORD })
    await updatePassword({ oldPassword: PASSWORD, newPassword: changed })
    await updateUserAttributes({ userAttributes: { nickname: 'Countess' } })
    expect(await fetchUserAttributes()).toMatchObject({ nickname: 'Countess' })
    await signOut()
    expect((await signIn({ username, password: changed })).isSignedIn).toBe(true)
    await updatePassword({ oldPassword: changed, newPassword: PASSWORD })
  })

  it('chooses a password when an administrator gave a temporary one', async () => {
    const invited = 'linus@example.com'
    await running.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: POOL_ID,
        Username: invited,
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
      }),
    )
    const first = await signIn({ username: invited, password: 'Temporary-1' })
    expect(first.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED')
    expect((await confirmSignIn({ challengeResponse: PASSWORD })).isSignedIn).toBe(true)
  })
})

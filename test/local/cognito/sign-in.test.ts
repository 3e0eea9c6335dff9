import { createHmac } from 'node:crypto'
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  ChangePasswordCommand,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
  type AuthFlowType,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  client,
  CLIENT_ID,
  PASSWORD,
  pool,
  POOL_ID,
  runCognito,
  SECRET_CLIENT_ID,
  type RunningCognito,
} from './given.ts'
import { PASSWORD_VERIFIER, srpClient } from './srp-client.ts'

const LEGACY_CLIENT_ID = '1legacy5urk1ft4fl3mg5e62d9'
const POOL_NAME = 'AbCdEf123'
const MINUTE_MS = 60_000

describe('sign-in', () => {
  const USERNAME = 'ada@example.com'
  let running: RunningCognito
  let sub: string

  const initiate = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, ClientId = CLIENT_ID) =>
    running.sdk.send(new InitiateAuthCommand({ AuthFlow, AuthParameters, ClientId }))
  const byPassword = (password: string, username = USERNAME, ClientId = CLIENT_ID) =>
    initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password }, ClientId)
  const respond = (ChallengeResponses: Record<string, string>) =>
    running.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: CLIENT_ID,
        ChallengeName: PASSWORD_VERIFIER,
        ChallengeResponses,
      }),
    )

  beforeAll(async () => {
    running = await runCognito([
      pool(),
      client(),
      client({ GenerateSecret: true }, SECRET_CLIENT_ID),
      client({ ExplicitAuthFlows: undefined, PreventUserExistenceErrors: undefined }, LEGACY_CLIENT_ID),
    ])
  })
  beforeEach(async () => {
    running.clock.advance(15 * MINUTE_MS)
    ;({ sub } = await running.cognito.ensureUser({ userPoolId: POOL_ID, username: USERNAME, password: PASSWORD }))
  })
  afterAll(() => running.stop())

  describe('by SRP', () => {
    it('names the user by the internal username in the challenge', async () => {
      const answer = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srpClient(POOL_NAME).publicValue })
      expect(answer.ChallengeName).toBe('PASSWORD_VERIFIER')
      expect(answer.ChallengeParameters).toMatchObject({ USERNAME: sub, USER_ID_FOR_SRP: sub })
    })

    it('takes a password claim once', async () => {
      const srp = srpClient(POOL_NAME)
      const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.publicValue })
      const claim = srp.answer(ChallengeParameters, PASSWORD)
      expect((await respond(claim)).AuthenticationResult?.TokenType).toBe('Bearer')
      await expect(respond(claim)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    })

    it('refuses an answer after three minutes, the default', async () => {
      const srp = srpClient(POOL_NAME)
      const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.publicValue })
      running.clock.advance(3 * MINUTE_MS)
      await expect(respond(srp.answer(ChallengeParameters, PASSWORD))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: expect.stringContaining('expired'),
      })
    })

    it.each(['Fri Nov 06 10:45:02 UTC 2026', '2026-11-06T10:45:02Z'])(
      'refuses the timestamp %j',
      async (timestamp) => {
        const srp = srpClient(POOL_NAME)
        const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.publicValue })
        await expect(respond(srp.answer(ChallengeParameters, PASSWORD, timestamp))).rejects.toMatchObject({
          name: 'InvalidParameterException',
        })
      },
    )

    it('refuses SRP_A 0, which would let anyone in', async () => {
      await expect(initiate('USER_SRP_AUTH', { USERNAME, SRP_A: '0' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    })

    it('shows the same stand-in for the same unknown username, and refuses every answer to it', async () => {
      const srp = srpClient(POOL_NAME)
      const ask = () => initiate('USER_SRP_AUTH', { USERNAME: 'nobody@example.com', SRP_A: srp.publicValue })
      const [first, second] = [await ask(), await ask()]
      const { SALT, USER_ID_FOR_SRP } = first.ChallengeParameters ?? {}
      expect(second.ChallengeParameters).toMatchObject({ SALT, USER_ID_FOR_SRP })
      await expect(respond(srp.answer(first.ChallengeParameters ?? {}, PASSWORD))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      })
    })
  })

  it('says that a user does not exist only where the client does not hide it', async () => {
    await expect(byPassword(PASSWORD, 'nobody@example.com')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    const legacy = initiate('USER_SRP_AUTH', { USERNAME: 'nobody@example.com', SRP_A: 'ff' }, LEGACY_CLIENT_ID)
    await expect(legacy).rejects.toMatchObject({ name: 'UserNotFoundException' })
  })

  it('refuses flows that the client does not allow', async () => {
    await expect(byPassword(PASSWORD, USERNAME, LEGACY_CLIENT_ID)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    })
    const admin = running.sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId: POOL_ID,
        ClientId: LEGACY_CLIENT_ID,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    )
    await expect(admin).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(initiate('ADMIN_USER_PASSWORD_AUTH', { USERNAME, PASSWORD })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('names a missing parameter', async () => {
    await expect(initiate('USER_PASSWORD_AUTH', { USERNAME })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Missing required parameter PASSWORD',
    })
  })

  it('knows no client but those of the template', async () => {
    await expect(byPassword(PASSWORD, USERNAME, 'unknown')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it.each(['CUSTOM_AUTH'] as const)('answers NotImplemented to %s', async (flow) => {
    await expect(initiate(flow, { USERNAME })).rejects.toMatchObject({ name: 'NotImplemented' })
  })

  it('lets an administrator sign a user in, where IAM allows it', async () => {
    const command = new AdminInitiateAuthCommand({
      UserPoolId: POOL_ID,
      ClientId: CLIENT_ID,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD },
    })
    expect((await running.sdk.send(command)).AuthenticationResult?.IdToken).toBeDefined()
    running.denied.add('cognito-idp:AdminInitiateAuth')
    await expect(running.sdk.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    running.denied.clear()
  })

  it('refuses a disabled user', async () => {
    await running.sdk.send(new AdminDisableUserCommand({ UserPoolId: POOL_ID, Username: USERNAME }))
    await expect(byPassword(PASSWORD)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    })
  })

  describe('after five failures', () => {
    const fail = async (times: number) => {
      for (let n = 0; n < times; n++)
        await expect(byPassword('Wrong-horse-1')).rejects.toMatchObject({
          message: 'Incorrect username or password.',
        })
    }
    const locked = { name: 'NotAuthorizedException', message: 'Password attempts exceeded' }

    it('locks for a second, and twice as long after each further failure', async () => {
      await fail(5)
      await expect(byPassword(PASSWORD)).rejects.toMatchObject(locked)
      running.clock.advance(1_000)
      await fail(1)
      running.clock.advance(1_999)
      await expect(byPassword(PASSWORD)).rejects.toMatchObject(locked)
      running.clock.advance(1)
      expect((await byPassword(PASSWORD)).AuthenticationResult).toBeDefined()
      await fail(4)
      expect((await byPassword(PASSWORD)).AuthenticationResult).toBeDefined()
    })

    it('forgets them after fifteen quiet minutes', async () => {
      await fail(5)
      running.clock.advance(15 * MINUTE_MS)
      await fail(4)
      expect((await byPassword(PASSWORD)).AuthenticationResult).toBeDefined()
    })

    it('counts a wrong old password at ChangePassword too', async () => {
      const { AuthenticationResult } = await byPassword(PASSWORD)
      const change = () =>
        running.sdk.send(
          new ChangePasswordCommand({
            AccessToken: AuthenticationResult?.AccessToken,
            PreviousPassword: 'Wrong-horse-1',
            ProposedPassword: 'Another-horse-2',
          }),
        )
      for (let n = 0; n < 5; n++)
        await expect(change()).rejects.toMatchObject({ message: 'Incorrect username or password.' })
      await expect(change()).rejects.toMatchObject(locked)
    })
  })

  describe('of a client with a secret', () => {
    const hashed = (secret: string, name = USERNAME) =>
      createHmac('sha256', secret).update(`${name}${SECRET_CLIENT_ID}`).digest('base64')
    const secret = async () => {
      const answer = await running.sdk.send(
        new DescribeUserPoolClientCommand({ UserPoolId: POOL_ID, ClientId: SECRET_CLIENT_ID }),
      )
      return answer.UserPoolClient?.ClientSecret ?? ''
    }

    it('needs the secret hash', async () => {
      const parameters = { USERNAME, PASSWORD, SECRET_HASH: hashed(await secret()) }
      expect((await initiate('USER_PASSWORD_AUTH', parameters, SECRET_CLIENT_ID)).AuthenticationResult).toBeDefined()
      await expect(byPassword(PASSWORD, USERNAME, SECRET_CLIENT_ID)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      })
      const wrong = { ...parameters, SECRET_HASH: hashed('another') }
      await expect(initiate('USER_PASSWORD_AUTH', wrong, SECRET_CLIENT_ID)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      })
    })

    it('needs it at sign-up', async () => {
      const signUp = (SecretHash?: string) =>
        running.sdk.send(
          new SignUpCommand({
            ClientId: SECRET_CLIENT_ID,
            Username: 'new@example.com',
            Password: PASSWORD,
            SecretHash,
          }),
        )
      await expect(signUp()).rejects.toMatchObject({ name: 'NotAuthorizedException' })
      expect((await signUp(hashed(await secret(), 'new@example.com'))).UserConfirmed).toBe(true)
    })
  })
})

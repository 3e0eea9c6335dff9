import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserAttributesCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  AdminAddUserToGroupCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  type AttributeType,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterEach, describe, expect, it } from 'vitest'
import { client, CLIENT_ID, group, PASSWORD, pool, POOL_ID, runCognito, type RunningCognito } from './given.ts'

const DAY_MS = 86_400_000

describe('users', () => {
  let running: RunningCognito
  const given = async (
    poolProperties: Record<string, unknown> = {},
    clientProperties: Record<string, unknown> = {},
  ) => {
    running = await runCognito([pool(poolProperties), client(clientProperties), group('readers', 1)])
  }
  afterEach(() => running.stop())

  const signUp = (Username: string, Password = PASSWORD, UserAttributes: AttributeType[] = []) =>
    running.sdk.send(new SignUpCommand({ ClientId: CLIENT_ID, Username, Password, UserAttributes }))
  const signIn = (USERNAME: string, password = PASSWORD) =>
    running.sdk.send(
      new InitiateAuthCommand({
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    )
  const accessToken = async (username: string) => (await signIn(username)).AuthenticationResult?.AccessToken
  const adminGet = (Username: string) => running.sdk.send(new AdminGetUserCommand({ UserPoolId: POOL_ID, Username }))
  const value = (attributes: AttributeType[] = [], name: string) =>
    attributes.find(({ Name }) => Name === name)?.Value

  describe('sign up', () => {
    it('and are confirmed at once, with the verified address as the username', async () => {
      await given()
      const answer = await signUp('ada@example.com')
      expect(answer).toMatchObject({ UserConfirmed: true, UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/) })
      const user = await adminGet('ada@example.com')
      expect(user).toMatchObject({
        Username: answer.UserSub,
        UserStatus: 'CONFIRMED',
        Enabled: true,
        UserCreateDate: expect.any(Date),
      })
      expect(value(user.UserAttributes, 'email_verified')).toBe('true')
    })

    it('once an address', async () => {
      await given()
      await signUp('ada@example.com')
      await expect(signUp('ada@example.com')).rejects.toMatchObject({ name: 'UsernameExistsException' })
    })

    it.each([
      ['short', 'Sh0rt', 'long enough'],
      ['without a capital', 'correct-horse-1', 'uppercase'],
      ['without a small letter', 'CORRECT-HORSE-1', 'lowercase'],
      ['without a digit', 'Correct-horse-x', 'numeric'],
    ])('not with a password that is %s', async (_, password, rule) => {
      await given()
      await expect(signUp('ada@example.com', password)).rejects.toMatchObject({
        name: 'InvalidPasswordException',
        message: expect.stringContaining(rule),
      })
    })

    it('under the strict default policy when the pool names none', async () => {
      await given({ Policies: undefined })
      await expect(signUp('ada@example.com', 'Correcthorse1')).rejects.toMatchObject({
        message: expect.stringContaining('symbol'),
      })
      await signUp('ada@example.com', 'Correct1-')
    })

    it('only with an address where the address is the username', async () => {
      await given()
      await expect(signUp('ada')).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Username should be an email.',
      })
    })

    it('with attributes of the schema, and the required ones', async () => {
      await given({
        Schema: [
          { Name: 'plan', AttributeDataType: 'String' },
          { Name: 'name', Required: true },
        ],
      })
      const attempt = (...attributes: AttributeType[]) => signUp('ada@example.com', PASSWORD, attributes)
      await expect(attempt()).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining('name'),
      })
      await expect(attempt({ Name: 'custom:nope', Value: '1' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
      await expect(attempt({ Name: 'email_verified', Value: 'true' })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      })
      await expect(attempt({ Name: 'sub', Value: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
      await attempt({ Name: 'name', Value: 'Ada' }, { Name: 'custom:plan', Value: 'gold' })
    })

    it('not where only administrators create users', async () => {
      await given({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })
      await expect(signUp('ada@example.com')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    })

    it('and have nothing left to confirm', async () => {
      await given()
      await signUp('ada@example.com')
      const confirm = (Username: string) =>
        running.sdk.send(new ConfirmSignUpCommand({ ClientId: CLIENT_ID, Username, ConfirmationCode: '123456' }))
      await expect(confirm('ada@example.com')).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'User cannot be confirmed. Current status is CONFIRMED',
      })
      await expect(confirm('nobody@example.com')).rejects.toMatchObject({ name: 'ExpiredCodeException' })
    })

    it('with a name of their own, and sign in by a verified alias too', async () => {
      await given({
        UsernameAttributes: undefined,
        AliasAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
      })
      await expect(signUp('ada@example.com')).rejects.toMatchObject({ name: 'InvalidParameterException' })
      await signUp('Ada', PASSWORD, [{ Name: 'email', Value: 'ada@example.com' }])
      expect((await adminGet('ADA')).Username).toBe('Ada')
      expect((await signIn('Ada@example.com')).AuthenticationResult).toBeDefined()
      await expect(signUp('ada')).rejects.toMatchObject({ name: 'UsernameExistsException' })
      await expect(signUp('Eve', PASSWORD, [{ Name: 'email', Value: 'ADA@example.com' }])).rejects.toMatchObject({
        name: 'AliasExistsException',
      })
    })
  })

  describe('change themselves', () => {
    it('within the schema', async () => {
      await given(
        { Schema: [{ Name: 'born', AttributeDataType: 'String', Mutable: false }] },
        { WriteAttributes: ['email', 'name', 'custom:born'] },
      )
      await signUp('ada@example.com', PASSWORD, [{ Name: 'custom:born', Value: '1815' }])
      const AccessToken = await accessToken('ada@example.com')
      const update = (Name: string, Value: string) =>
        running.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }))
      await update('name', 'Ada')
      await expect(update('custom:born', '1816')).rejects.toMatchObject({ name: 'InvalidParameterException' })
      await expect(update('nickname', 'A')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
      await expect(update('email', 'no address')).rejects.toMatchObject({ name: 'InvalidParameterException' })
      await running.sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['name'] }))
      const { UserAttributes } = await running.sdk.send(new GetUserCommand({ AccessToken }))
      expect(UserAttributes?.map(({ Name }) => Name).sort()).toEqual([
        'custom:born',
        'email',
        'email_verified',
        'sub',
      ])
    })

    it("but not to another's address", async () => {
      await given()
      await signUp('ada@example.com')
      await signUp('eve@example.com')
      const update = running.sdk.send(
        new UpdateUserAttributesCommand({
          AccessToken: await accessToken('eve@example.com'),
          UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
        }),
      )
      await expect(update).rejects.toMatchObject({ name: 'AliasExistsException' })
    })
  })

  describe('of an administrator', () => {
    const create = (Username: string) =>
      running.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId: POOL_ID,
          Username,
          TemporaryPassword: 'Temporary-1',
          MessageAction: 'SUPPRESS',
          UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
        }),
      )

    it('have a temporary password that expires after seven days', async () => {
      await given()
      expect((await create('ada@example.com')).User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' })
      expect((await signIn('ada@example.com', 'Temporary-1')).ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
      running.clock.advance(7 * DAY_MS)
      await expect(signIn('ada@example.com', 'Temporary-1')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    })

    it('get a permanent password, and are deleted', async () => {
      await given()
      await create('ada@example.com')
      const named = { UserPoolId: POOL_ID, Username: 'ada@example.com' }
      await running.sdk.send(new AdminSetUserPasswordCommand({ ...named, Password: PASSWORD, Permanent: true }))
      expect((await adminGet('ada@example.com')).UserStatus).toBe('CONFIRMED')
      await running.sdk.send(new AdminDeleteUserCommand(named))
      await expect(adminGet('ada@example.com')).rejects.toMatchObject({ name: 'UserNotFoundException' })
    })

    it('are created where IAM allows it on this pool', async () => {
      await given()
      running.denied.add('cognito-idp:AdminCreateUser')
      await expect(create('ada@example.com')).rejects.toMatchObject({ name: 'AccessDeniedException' })
      expect(running.asked).toEqual([
        {
          action: 'cognito-idp:AdminCreateUser',
          resource: `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${POOL_ID}`,
        },
      ])
    })

    it('are listed by pages and by filter', async () => {
      await given()
      for (const name of ['ada', 'adele', 'grace']) await create(`${name}@example.com`)
      const list = (more: {
        Filter?: string
        Limit?: number
        PaginationToken?: string
        AttributesToGet?: string[]
      }) => running.sdk.send(new ListUsersCommand({ UserPoolId: POOL_ID, ...more }))
      const first = await list({ Limit: 2 })
      expect(first.Users).toHaveLength(2)
      expect((await list({ Limit: 2, PaginationToken: first.PaginationToken })).Users).toHaveLength(1)
      expect((await list({ Filter: 'email ^= "ad"' })).Users).toHaveLength(2)
      const [ada] = (await list({ Filter: 'email = "ada@example.com"', AttributesToGet: ['email'] })).Users ?? []
      expect(ada?.Attributes).toEqual([{ Name: 'email', Value: 'ada@example.com' }])
      await expect(list({ Filter: 'email like "ad"' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    })

    it('belong to groups of the template', async () => {
      await given()
      await create('ada@example.com')
      const named = { UserPoolId: POOL_ID, Username: 'ada@example.com' }
      await running.sdk.send(new AdminAddUserToGroupCommand({ ...named, GroupName: 'readers' }))
      const { Users } = await running.sdk.send(
        new ListUsersInGroupCommand({ UserPoolId: POOL_ID, GroupName: 'readers' }),
      )
      expect(Users).toHaveLength(1)
      const unknown = running.sdk.send(new AdminAddUserToGroupCommand({ ...named, GroupName: 'nobody' }))
      await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    })
  })

  it('are counted by DescribeUserPool', async () => {
    await given()
    await signUp('ada@example.com')
    const { UserPool } = await running.sdk.send(new DescribeUserPoolCommand({ UserPoolId: POOL_ID }))
    expect(UserPool).toMatchObject({ Id: POOL_ID, EstimatedNumberOfUsers: 1, UsernameAttributes: ['email'] })
    await expect(
      running.sdk.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_Unknown1' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('hear that what needs mail is not emulated', async () => {
    await given()
    const forgot = running.sdk.send(new ForgotPasswordCommand({ ClientId: CLIENT_ID, Username: 'ada@example.com' }))
    await expect(forgot).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('ForgotPassword'),
    })
  })
})

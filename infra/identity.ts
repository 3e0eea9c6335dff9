import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AccountRecovery, FeaturePlan, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'

/** What a password must hold; clients show it, and Cognito enforces it. */
export const PASSWORD_POLICY = {
  /** In characters. */
  minLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireDigits: true,
  requireSymbols: true,
} as const

/** How long an access or id token is good for. */
const TOKEN_VALIDITY = Duration.hours(1)

/** How long somebody stays signed in without being seen. */
const REFRESH_TOKEN_VALIDITY = Duration.days(30)

export interface IdentityProps {
  retain: boolean
}

/** Who people are: they sign up and in with an email address. */
export class Identity extends Construct {
  readonly userPool: UserPool
  readonly client: UserPoolClient

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id)
    this.userPool = new UserPool(this, 'Users', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: PASSWORD_POLICY,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: props.retain,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    this.client = this.userPool.addClient('App', {
      // A public client: browsers and phones can't keep a secret.
      generateSecret: false,
      authFlows: { userSrp: true, userPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: TOKEN_VALIDITY,
      idTokenValidity: TOKEN_VALIDITY,
      refreshTokenValidity: REFRESH_TOKEN_VALIDITY,
    })
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'The clients offer no enrolment of a second factor; what a password opens is one\'s own photographs.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'Threat protection is the Plus plan\'s, which costs by the user: to be chosen by who pays.',
      },
    )
  }
}

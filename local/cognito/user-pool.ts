import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ServiceContext } from '../aws/context.ts'
import { Challenges } from './challenges.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import { SECONDS_PER_UNIT } from './limits.ts'
import { Lockouts } from './lockouts.ts'
import { withoutForgotten } from './logins.ts'
import { checkPassword } from './password-policy.ts'
import { loadState, saveState, type PoolState } from './pool-files.ts'
import type { PoolSettings } from './pool-settings.ts'
import { loadSigningKeys, type SigningKeys } from './signing-keys.ts'
import { newVerifier, verifierOf } from './srp.ts'
import { findUser, type User } from './users.ts'

const MS = 1_000

export interface Group {
  name: string
  description?: string
  /** Lower wins; none is last. */
  precedence?: number
}

/** A deployed user pool: what the template says of it, and what it remembers. */
export class UserPool {
  readonly clients = new Map<string, ClientSettings>()
  readonly groups = new Map<string, Group>()
  readonly challenges: Challenges
  readonly lockouts: Lockouts
  readonly state: PoolState

  private constructor(
    readonly settings: PoolSettings,
    readonly keys: SigningKeys,
    private readonly context: ServiceContext,
  ) {
    this.challenges = new Challenges(context.clock)
    this.lockouts = new Lockouts(context.clock)
    this.state = loadState(context.dataDir, settings.id)
  }

  static async open(settings: PoolSettings, context: ServiceContext): Promise<UserPool> {
    return new UserPool(settings, await loadSigningKeys(context.dataDir, settings.id), context)
  }

  get issuer(): string {
    return `https://cognito-idp.${this.context.region}.amazonaws.com/${this.settings.id}`
  }

  get nowMs(): number {
    return this.context.clock.now()
  }

  save(): void {
    this.state.logins = withoutForgotten(this.state.logins, this.nowMs)
    saveState(this.context.dataDir, this.settings.id, this.state)
  }

  findUser(name: string): User | undefined {
    return findUser(this.settings, this.state.users, name)
  }

  /** @throws AwsError UserNotFoundException */
  user(name: string): User {
    const user = this.findUser(name)
    if (!user) throw refusal.unknownUser()
    return user
  }

  addUser(user: Omit<User, 'createdAtMs' | 'modifiedAtMs' | 'groups' | 'enabled'>): User {
    const added: User = { ...user, enabled: true, groups: [], createdAtMs: this.nowMs, modifiedAtMs: this.nowMs }
    this.state.users.push(added)
    this.save()
    return added
  }

  change(user: User, changes: Partial<User>): void {
    Object.assign(user, changes, { modifiedAtMs: this.nowMs })
    this.save()
  }

  removeUser(user: User): void {
    this.state.users = this.state.users.filter((other) => other !== user)
    this.state.logins = this.state.logins.filter((login) => login.username !== user.username)
    this.save()
  }

  /** Ends every sign-in of a user: refresh tokens, and access tokens as far as this API is asked. */
  revokeLogins(user: User): void {
    for (const login of this.state.logins) if (login.username === user.username) login.revoked = true
    this.save()
  }

  /** @throws AwsError InvalidPasswordException */
  passwordFor(username: string, password: string): User['password'] {
    checkPassword(this.settings.passwordPolicy, password)
    return newVerifier(this.settings.shortName, username, password)
  }

  temporaryPasswordExpiry(): number {
    return this.nowMs + this.settings.passwordPolicy.temporaryPasswordValidityDays * SECONDS_PER_UNIT.days * MS
  }

  hasPassword(user: User, password: string): boolean {
    const { salt, verifier } = user.password
    return sameText(verifierOf(this.settings.shortName, user.username, password, salt).verifier, verifier)
  }

  clientSecret(client: ClientSettings): string | undefined {
    return this.state.clientSecrets[client.id]
  }

  /**
   * @param names what the hash may be made with: the name that was sent, and the user's own
   * @throws AwsError NotAuthorizedException
   */
  checkSecretHash(client: ClientSettings, hash: string | undefined, names: (string | undefined)[]): void {
    const secret = this.clientSecret(client)
    if (secret === undefined) return
    if (!hash) throw refusal.missingSecretHash(client.id)
    const expected = names.map((name) =>
      createHmac('sha256', secret)
        .update(`${name ?? ''}${client.id}`)
        .digest('base64'),
    )
    if (!expected.some((value) => sameText(value, hash))) throw refusal.wrongSecretHash(client.id)
  }
}

/** Compares without telling by its time where the difference is. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

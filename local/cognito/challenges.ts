import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import type { ServerExponent } from './srp.ts'

/** A challenge that waits for its answer. */
export type Challenge =
  | {
      name: 'PASSWORD_VERIFIER'
      username: string
      verifier: string
      server: ServerExponent
      clientPublicValue: string
      /** False for the stand-in of an unknown user: no answer is right. */
      exists: boolean
    }
  | { name: 'NEW_PASSWORD_REQUIRED'; username: string }
  | { name: 'SELECT_CHALLENGE'; username: string }

/** Length of a SECRET_BLOCK and of a Session, in bytes before base64. */
const TICKET_BYTES = 96
const MS = 1_000

/** Open challenges, by the ticket that the client was given. In memory: a restart means to sign in again. */
export class Challenges {
  private readonly open = new Map<string, { challenge: Challenge; clientId: string; expiresAtMs: number }>()

  constructor(private readonly clock: Clock) {}

  /** @returns the ticket, base64: the SECRET_BLOCK of SRP, the Session of the others */
  start(client: ClientSettings, challenge: Challenge): string {
    const now = this.clock.now()
    for (const [ticket, entry] of this.open) if (now >= entry.expiresAtMs) this.open.delete(ticket)
    const ticket = randomBytes(TICKET_BYTES).toString('base64')
    this.open.set(ticket, { challenge, clientId: client.id, expiresAtMs: now + client.authSessionValidityS * MS })
    return ticket
  }

  /**
   * Finds an open challenge; `finish` closes it.
   * @throws AwsError NotAuthorizedException
   */
  find<Name extends Challenge['name']>(
    client: ClientSettings,
    ticket: string,
    name: Name,
  ): Extract<Challenge, { name: Name }> {
    const entry = this.open.get(ticket)
    if (!entry || entry.clientId !== client.id || entry.challenge.name !== name) throw refusal.invalidSession()
    if (this.clock.now() >= entry.expiresAtMs) throw refusal.expiredSession()
    return entry.challenge as Extract<Challenge, { name: Name }>
  }

  finish(ticket: string): void {
    this.open.delete(ticket)
  }
}

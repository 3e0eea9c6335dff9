import type { Caller, Credentials } from '../../../local/aws/caller.ts'
import type { CredentialStore } from '../../../local/aws/context.ts'
import type { Clock } from '../../../local/clock.ts'

/** A clock that a test moves by hand; nothing is ever called back. */
export interface HandClock extends Clock {
  set(iso: string): void
}

export function handClock(iso: string): HandClock {
  let epochMs = Date.parse(iso)
  return {
    now: () => epochMs,
    after: () => ({ cancel: () => undefined }),
    set: (next) => {
      epochMs = Date.parse(next)
    },
  }
}

export const role: Extract<Caller, { kind: 'role' }> = {
  kind: 'role',
  arn: 'arn:aws:sts::000000000000:assumed-role/signer/session',
  roleName: 'signer',
  accountId: '000000000000',
  policies: [],
}

/** Knows exactly these key pairs; all stand for `role`. */
export function storeOf(...known: Credentials[]): CredentialStore {
  return {
    credentialsFor: () => {
      throw new Error('not asked for in these tests')
    },
    find(accessKeyId) {
      const credentials = known.find((each) => each.accessKeyId === accessKeyId)
      return credentials && { credentials, caller: role }
    },
  }
}

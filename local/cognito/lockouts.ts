import type { Clock } from '../clock.ts'
import { refusal } from './errors.ts'
import { FAILURES_BEFORE_LOCKOUT, FIRST_LOCKOUT_MS, MAX_LOCKOUT_MS } from './limits.ts'

interface Failures {
  count: number
  lockedUntilMs: number
  lastAttemptMs: number
}

/** Counts failed sign-ins by username, in memory: after five, each further one locks twice as long. */
export class Lockouts {
  private readonly failures = new Map<string, Failures>()

  constructor(private readonly clock: Clock) {}

  /** @throws AwsError NotAuthorizedException "Password attempts exceeded" while locked */
  check(username: string): void {
    const known = this.failures.get(username)
    if (!known) return
    const now = this.clock.now()
    if (now < known.lockedUntilMs) throw refusal.lockedOut()
    if (now - known.lastAttemptMs >= MAX_LOCKOUT_MS) this.failures.delete(username)
  }

  failed(username: string): void {
    const now = this.clock.now()
    const count = (this.failures.get(username)?.count ?? 0) + 1
    const doublings = count - FAILURES_BEFORE_LOCKOUT
    const lockMs = doublings < 0 ? 0 : Math.min(FIRST_LOCKOUT_MS * 2 ** doublings, MAX_LOCKOUT_MS)
    this.failures.set(username, { count, lockedUntilMs: now + lockMs, lastAttemptMs: now })
  }

  succeeded(username: string): void {
    this.failures.delete(username)
  }
}

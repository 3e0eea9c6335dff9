import { isRecord } from '../aws/json.ts'
import { refusal } from './errors.ts'
import { DEFAULT_MIN_PASSWORD_LENGTH, DEFAULT_TEMPORARY_PASSWORD_DAYS, MAX_PASSWORD_LENGTH } from './limits.ts'

export interface PasswordPolicy {
  minimumLength: number
  /** Rules that hold, in the order in which Cognito names the first one that is broken. */
  rules: PasswordRule[]
  temporaryPasswordValidityDays: number
}

interface PasswordRule {
  property: string
  pattern: RegExp
  sentence: string
}

/** Symbols as in the developer guide, "Adding user pool password requirements"; a space counts inside the password. */
const RULES: PasswordRule[] = [
  { property: 'RequireNumbers', pattern: /[0-9]/, sentence: 'Password must have numeric characters' },
  {
    property: 'RequireSymbols',
    pattern: /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\-]|\S \S/,
    sentence: 'Password must have symbol characters',
  },
  { property: 'RequireUppercase', pattern: /[A-Z]/, sentence: 'Password must have uppercase characters' },
  { property: 'RequireLowercase', pattern: /[a-z]/, sentence: 'Password must have lowercase characters' },
]

/** @param policies the pool's `Policies` property; without a PasswordPolicy every rule holds, as in Cognito. */
export function passwordPolicyOf(policies: unknown): PasswordPolicy {
  const given = isRecord(policies) && isRecord(policies.PasswordPolicy) ? policies.PasswordPolicy : undefined
  const days = given?.TemporaryPasswordValidityDays
  return {
    minimumLength: Number(given?.MinimumLength ?? DEFAULT_MIN_PASSWORD_LENGTH),
    rules: given ? RULES.filter((rule) => String(given[rule.property]) === 'true') : RULES,
    temporaryPasswordValidityDays: Number(days ?? 0) || DEFAULT_TEMPORARY_PASSWORD_DAYS,
  }
}

/** @throws AwsError InvalidPasswordException naming the first rule that is broken */
export function checkPassword(policy: PasswordPolicy, password: string): void {
  if (password.length < policy.minimumLength) throw refusal.passwordPolicy('Password not long enough')
  if (password.length > MAX_PASSWORD_LENGTH || /^\s|\s$/.test(password)) {
    throw refusal.constraint('password', "'***'", 'Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$')
  }
  const broken = policy.rules.find((rule) => !rule.pattern.test(password))
  if (broken) throw refusal.passwordPolicy(broken.sentence)
}

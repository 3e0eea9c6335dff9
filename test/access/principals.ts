/** Everybody who may knock, in the order of the matrix's columns, and how the documentation calls them. */
export const PRINCIPALS = {
  none: 'nobody',
  wrongKey: 'wrong API key',
  expiredToken: 'expired token',
  forgedToken: 'forged token',
  guest: 'guest',
  otherUser: 'other user',
  owner: 'owner',
  backEnd: 'back end',
  operator: 'operator',
  otherRole: 'other role',
} as const

export type Principal = keyof typeof PRINCIPALS

export const PRINCIPAL_NAMES = Object.keys(PRINCIPALS) as Principal[]

/** What each of them shows of themselves. */
export const CREDENTIALS: Record<Principal, string> = {
  none: 'nothing',
  wrongKey: 'an API key that is not this API\'s',
  expiredToken: 'the owner\'s token of two hours ago, good for one',
  forgedToken: 'a token that says all that the owner\'s says, signed with another key',
  guest: 'the API key',
  otherUser: 'a token of the user pool; the image is somebody else\'s',
  owner: 'a token of the user pool; the image is theirs',
  backEnd: 'a signature of the one IAM role that is granted the field, of another field `process-image`\'s',
  operator: 'a signature of an operator\'s, whom IAM lets do everything; on AWS whatever their policies let them',
  otherRole: 'a signature of `sign-upload`\'s IAM role, which is granted no field',
}

/** Those that sign with IAM. */
export function signsWithIam(principal: Principal): principal is 'backEnd' | 'operator' | 'otherRole' {
  return principal === 'backEnd' || principal === 'operator' || principal === 'otherRole'
}

/** Seconds in the units that token validities are given in. Source: API reference, TokenValidityUnitsType. */
export const SECONDS_PER_UNIT = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const

/** Validity of access and ID tokens by default, in seconds. Source: API reference, CreateUserPoolClient. */
export const DEFAULT_TOKEN_VALIDITY_S = 3_600

/** Validity of refresh tokens when a client names none, in days. Source: API reference, CreateUserPoolClient. */
export const DEFAULT_REFRESH_VALIDITY_DAYS = 30

/** Time to answer a challenge when a client names none, in minutes. Source: API reference, AuthSessionValidity. */
export const DEFAULT_AUTH_SESSION_VALIDITY_MIN = 3

/** Shortest password that a policy without a minimum allows. Source: API reference, PasswordPolicyType. */
export const DEFAULT_MIN_PASSWORD_LENGTH = 8

/** Longest password, in characters. Source: developer guide, "Adding user pool password requirements". */
export const MAX_PASSWORD_LENGTH = 256

/** Days that a temporary password works when the policy names none. Source: API reference, PasswordPolicyType. */
export const DEFAULT_TEMPORARY_PASSWORD_DAYS = 7

/** Longest username, in characters. Source: API reference, UsernameType. */
export const MAX_USERNAME_LENGTH = 128

/** Longest attribute value, in characters. Source: developer guide, "Quotas in Amazon Cognito". */
export const MAX_ATTRIBUTE_LENGTH = 2_048

/** Most users that one ListUsers answers. Source: API reference, ListUsers. */
export const MAX_LIST_USERS = 60

/** Failed sign-ins before the first lockout. Source: developer guide, "Lockout behavior". */
export const FAILURES_BEFORE_LOCKOUT = 5

/**
 * Longest lockout, and the quiet time after which failures are forgotten, in ms. Source: developer guide, "Lockout
 * behavior".
 */
export const MAX_LOCKOUT_MS = 900_000

/** First lockout, in ms; each further failure doubles it. Source: developer guide, "Lockout behavior". */
export const FIRST_LOCKOUT_MS = 1_000

/** Size of the keys that sign tokens, in bits. Source: a pool's published jwks.json has RSA keys of 2048 bits. */
export const SIGNING_KEY_BITS = 2_048

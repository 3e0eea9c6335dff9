import { isRecord } from '../aws/json.ts'
import { refusal } from './errors.ts'
import { MAX_ATTRIBUTE_LENGTH } from './limits.ts'

/** Source: developer guide, "Working with user attributes", the OpenID Connect standard attributes. */
const STANDARD_ATTRIBUTES = [
  'sub',
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
]

/** Attributes that only the pool and its administrators write. */
const ADMIN_ATTRIBUTES = ['email_verified', 'phone_number_verified']

/** Claims of these attributes are booleans in an ID token. */
export const BOOLEAN_ATTRIBUTES: ReadonlySet<string> = new Set(ADMIN_ATTRIBUTES)

export interface Schema {
  known: ReadonlySet<string>
  required: string[]
  immutable: ReadonlySet<string>
}

/** Good enough to tell an address from a name; whether it can be delivered only a mail can tell. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
/** E.164: a plus and up to 15 digits. Source: developer guide, "phone_number". */
const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/

export const isEmail = (value: string) => EMAIL.test(value)
export const isPhoneNumber = (value: string) => PHONE_NUMBER.test(value)

/** @param schema the pool's `Schema` property: standard attributes by name, all others get the prefix `custom:` */
export function readSchema(schema: unknown): Schema {
  const known = new Set(STANDARD_ATTRIBUTES)
  const required: string[] = []
  const immutable = new Set(['sub'])
  for (const entry of Array.isArray(schema) ? (schema as unknown[]) : []) {
    if (!isRecord(entry)) continue
    const given = String(entry.Name)
    const name = STANDARD_ATTRIBUTES.includes(given) || given.startsWith('custom:') ? given : `custom:${given}`
    known.add(name)
    if (String(entry.Required) === 'true') required.push(name)
    if (String(entry.Mutable ?? true) === 'false') immutable.add(name)
  }
  return { known, required, immutable }
}

/**
 * Checks attributes that someone wants to write.
 * @param by a client may write what its WriteAttributes name; an administrator everything but `sub`
 * @throws AwsError InvalidParameterException, NotAuthorizedException
 */
export function checkAttributes(
  schema: Schema,
  attributes: Record<string, string>,
  by: { writable?: ReadonlySet<string>; isAdmin: boolean },
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!schema.known.has(name)) throw refusal.schema(name, 'Attribute does not exist in the schema.')
    if (name === 'sub') throw refusal.schema(name, 'Attribute is written by the user pool alone.')
    if (!by.isAdmin && (ADMIN_ATTRIBUTES.includes(name) || by.writable?.has(name) === false)) {
      throw refusal.unauthorizedAttribute()
    }
    if (value.length > MAX_ATTRIBUTE_LENGTH) {
      throw refusal.schema(
        name,
        `String must be no longer than ${MAX_ATTRIBUTE_LENGTH} characters, got ${value.length}`,
      )
    }
    if (name === 'email' && value !== '' && !isEmail(value)) throw refusal.emailFormat()
    if (name === 'phone_number' && value !== '' && !isPhoneNumber(value)) throw refusal.phoneFormat()
  }
}

/** @throws AwsError InvalidParameterException for required attributes that a new user would lack */
export function checkRequired(schema: Schema, attributes: Record<string, string>): void {
  for (const name of schema.required) {
    if (!attributes[name]) throw refusal.schema(name, 'The attribute is required')
  }
}

/** @throws AwsError InvalidParameterException for an attribute that keeps its first value */
export function checkMutable(schema: Schema, current: Record<string, string>, changes: Record<string, string>): void {
  for (const name of Object.keys(changes)) {
    if (schema.immutable.has(name) && current[name] !== undefined) throw refusal.immutableAttribute(name)
  }
}

/** As the API answers them. */
export const attributeTypes = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))

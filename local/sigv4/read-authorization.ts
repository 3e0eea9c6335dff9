import type { SignedRequest } from '../aws/context.ts'
import { SignatureError } from '../aws/context.ts'
import { readQuery, splitUrl } from './canonical-request.ts'
import { MAX_PRESIGN_SECONDS } from './limits.ts'
import { ALGORITHM, type CredentialScope } from './signing-key.ts'

/** What a request says of its own signature; nothing of it is checked yet but its form. */
export interface Authorization {
  presigned: boolean
  accessKeyId: string
  scope: CredentialScope
  signedHeaders: string[]
  signature: string
  /** `YYYYMMDDTHHMMSSZ` */
  amzDate: string
  signedAtMs: number
  /** Presigned only. */
  expiresSeconds?: number
  sessionToken?: string
  /** The payload hash that the request names itself: x-amz-content-sha256 as a header or in the query. */
  declaredPayloadHash?: string
}

const AMZ_DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
const SIGNATURE_HEX = /^[0-9a-f]{64}$/

const malformed = (message: string): SignatureError => new SignatureError('malformed', message)

/**
 * Reads the signature out of the Authorization header or the query.
 * @throws SignatureError `missing` when there is none, `malformed` when it can't be read
 */
export function readAuthorization(request: SignedRequest): Authorization {
  const query = new Map(readQuery(splitUrl(request.url).query))
  const header = request.headers.authorization
  const inQuery = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature') || query.has('X-Amz-Credential')
  if (header !== undefined && inQuery) {
    throw malformed(
      'Only one auth mechanism allowed; received both an Authorization header and X-Amz-Signature in the query',
    )
  }
  if (header !== undefined) return fromHeader(header, request)
  if (inQuery) return fromQuery(query, request)
  throw new SignatureError('missing', 'The request carries no AWS Signature Version 4')
}

function fromHeader(header: string, request: SignedRequest): Authorization {
  const [algorithm, ...rest] = header.trim().split(' ')
  if (algorithm !== ALGORITHM) {
    throw malformed(`Expected the authorization mechanism ${ALGORITHM}, received ${JSON.stringify(algorithm)}`)
  }
  const parts = new Map(
    rest
      .join(' ')
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.trim().split('=')
        return [name, value.join('=')]
      }),
  )
  const part = (name: string): string => {
    const value = parts.get(name)
    if (!value) throw malformed(`The authorization header requires '${name}' parameter`)
    return value
  }
  const credential = readCredential(part('Credential'))
  const date = request.headers['x-amz-date'] ?? request.headers.date
  if (date === undefined)
    throw malformed("The authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header")
  return {
    presigned: false,
    ...credential,
    ...readDate(date),
    signedHeaders: readSignedHeaders(part('SignedHeaders')),
    signature: readSignature(part('Signature')),
    sessionToken: request.headers['x-amz-security-token'],
    declaredPayloadHash: request.headers['x-amz-content-sha256'],
  }
}

function fromQuery(query: Map<string, string>, request: SignedRequest): Authorization {
  const parameter = (name: string): string => {
    const value = query.get(name)
    if (!value) {
      throw malformed(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, ' +
          `X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters; received no ${name}`,
      )
    }
    return value
  }
  const algorithm = parameter('X-Amz-Algorithm')
  if (algorithm !== ALGORITHM)
    throw malformed(`X-Amz-Algorithm only supports ${ALGORITHM}, received ${JSON.stringify(algorithm)}`)
  const expires = parameter('X-Amz-Expires')
  const expiresSeconds = Number(expires)
  if (!/^\d+$/.test(expires)) throw malformed(`X-Amz-Expires should be a number, received ${JSON.stringify(expires)}`)
  if (expiresSeconds > MAX_PRESIGN_SECONDS) {
    throw malformed(`X-Amz-Expires must be at most a week (${MAX_PRESIGN_SECONDS} seconds), received ${expires}`)
  }
  return {
    presigned: true,
    ...readCredential(parameter('X-Amz-Credential')),
    ...readDate(parameter('X-Amz-Date')),
    expiresSeconds,
    signedHeaders: readSignedHeaders(parameter('X-Amz-SignedHeaders')),
    signature: readSignature(parameter('X-Amz-Signature')),
    sessionToken: query.get('X-Amz-Security-Token'),
    declaredPayloadHash: query.get('X-Amz-Content-Sha256') ?? request.headers['x-amz-content-sha256'],
  }
}

function readCredential(text: string): { accessKeyId: string; scope: CredentialScope } {
  const [accessKeyId, day, region, service, terminator, ...rest] = text.split('/')
  if (!accessKeyId || !day || !region || !service || terminator !== 'aws4_request' || rest.length > 0) {
    throw malformed(
      `Expected the credential as <access-key-id>/YYYYMMDD/REGION/SERVICE/aws4_request, received "${text}"`,
    )
  }
  return { accessKeyId, scope: { day, region, service } }
}

/** Takes the ISO 8601 basic form; a `Date` header comes as an HTTP date and is turned into it. */
function readDate(text: string): { amzDate: string; signedAtMs: number } {
  const match = AMZ_DATE.exec(text)
  const signedAtMs = match
    ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`)
    : Date.parse(text)
  if (Number.isNaN(signedAtMs)) {
    throw malformed(
      `The date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'", received ${JSON.stringify(text)}`,
    )
  }
  return { amzDate: match ? text : toAmzDate(signedAtMs), signedAtMs }
}

/** `YYYYMMDDTHHMMSSZ` */
export const toAmzDate = (epochMs: number): string => new Date(epochMs).toISOString().replace(/[-:]|\.\d{3}/g, '')

function readSignedHeaders(text: string): string[] {
  const names = text.split(';')
  if (names.some((name) => name === '' || name !== name.toLowerCase())) {
    throw malformed(`Expected the signed headers as lower-case names joined by semicolons, received "${text}"`)
  }
  return names
}

function readSignature(text: string): string {
  if (!SIGNATURE_HEX.test(text)) throw malformed('Expected the signature as 64 lower-case hex digits')
  return text
}

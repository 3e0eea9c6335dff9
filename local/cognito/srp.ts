import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * The server's half of SRP-6a as Cognito speaks it. The group is the 3072-bit one of RFC 5054, appendix A, with
 * generator 2; numbers are hashed as Java's BigInteger.toByteArray() writes them.
 */
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
)
const G = 2n

/** Length of the salt beside each verifier, in bytes. */
const SALT_BYTES = 16
/** Length of the server's secret exponent, in bytes: 256 bits, the least that RFC 5054 allows. */
const SECRET_EXPONENT_BYTES = 32
/** Length of the key that signs the password claim, in bytes. */
const CLAIM_KEY_BYTES = 16
/** What Cognito's clients derive that key for. */
const CLAIM_KEY_INFO = 'Caldera Derived Key'

export interface PasswordVerifier {
  /** Lower-case hex. */
  salt: string
  /** g^x mod N, lower-case hex. */
  verifier: string
}

/** The server's side of one challenge: lower-case hex. */
export interface ServerExponent {
  secret: string
  /** Sent to the client as SRP_B. */
  publicValue: string
}

function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base % N
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N
    square = (square * square) % N
  }
  return result
}

/** Even-length hex of a positive number whose first bit is 0, so that it can't be read as negative. */
function padHex(value: bigint): string {
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return /^[89a-f]/.test(even) ? `00${even}` : even
}

const fromHex = (hex: string) => BigInt(`0x${hex}`)
const hashHex = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')
const K = fromHex(hashHex(padHex(N) + padHex(G)))

/** @param poolName what stands after the underscore of the pool's id */
export function verifierOf(poolName: string, userId: string, password: string, salt: string): PasswordVerifier {
  const identity = createHash('sha256').update(`${poolName}${userId}:${password}`).digest('hex')
  const x = fromHex(hashHex(padHex(fromHex(salt)) + identity))
  return { salt, verifier: modPow(G, x).toString(16) }
}

export function newVerifier(poolName: string, userId: string, password: string): PasswordVerifier {
  return verifierOf(poolName, userId, password, randomBytes(SALT_BYTES).toString('hex'))
}

export function newServerExponent(verifier: string): ServerExponent {
  const secret = randomBytes(SECRET_EXPONENT_BYTES)
  const exponent = fromHex(secret.toString('hex'))
  const publicValue = (K * fromHex(verifier) + modPow(G, exponent)) % N
  return { secret: secret.toString('hex'), publicValue: publicValue.toString(16) }
}

/** True for hex that is not a multiple of N: such an SRP_A would make the shared secret known to anyone. */
export function isPublicValue(hex: string): boolean {
  return /^[0-9a-f]+$/i.test(hex) && fromHex(hex) % N !== 0n
}

/** What the client must send as PASSWORD_CLAIM_SIGNATURE, base64. */
export function passwordClaimSignature(claim: {
  poolName: string
  userId: string
  verifier: string
  server: ServerExponent
  /** SRP_A, hex. */
  clientPublicValue: string
  /** SECRET_BLOCK, base64 as it was sent. */
  secretBlock: string
  /** As the client wrote it. */
  timestamp: string
}): string {
  const A = fromHex(claim.clientPublicValue)
  const u = fromHex(hashHex(padHex(A) + padHex(fromHex(claim.server.publicValue))))
  const shared = modPow(A * modPow(fromHex(claim.verifier), u), fromHex(claim.server.secret))
  const key = hkdfSync(
    'sha256',
    Buffer.from(padHex(shared), 'hex'),
    Buffer.from(padHex(u), 'hex'),
    CLAIM_KEY_INFO,
    CLAIM_KEY_BYTES,
  )
  return createHmac('sha256', Buffer.from(key))
    .update(claim.poolName)
    .update(claim.userId)
    .update(Buffer.from(claim.secretBlock, 'base64'))
    .update(claim.timestamp)
    .digest('base64')
}

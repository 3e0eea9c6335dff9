import path from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { isRecord } from '../aws/json.ts'
import { SIGNING_KEY_BITS } from './limits.ts'
import { readJson, writeJson } from './pool-files.ts'

export const ALGORITHM = 'RS256'

export type TokenUse = 'id' | 'access'
export type SigningKey = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey; publicJwk: JWK }
/** Cognito signs ID tokens and access tokens with a key of their own. */
export type SigningKeys = Record<TokenUse, SigningKey>

async function toSigningKey(privateJwk: JWK): Promise<SigningKey> {
  const { kty, n, e } = privateJwk
  const kid = await calculateJwkThumbprint({ kty, n, e })
  const publicJwk = { alg: ALGORITHM, e, kid, kty, n, use: 'sig' }
  const [privateKey, publicKey] = await Promise.all([
    importJWK(privateJwk, ALGORITHM),
    importJWK(publicJwk, ALGORITHM),
  ])
  return { kid, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey, publicJwk }
}

async function newPrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { modulusLength: SIGNING_KEY_BITS, extractable: true })
  return exportJWK(privateKey)
}

/** The pool's keys: the same for as long as the data folder lives, so that tokens outlive a restart. */
export async function loadSigningKeys(dataDir: string, poolId: string): Promise<SigningKeys> {
  const file = path.join(dataDir, `${poolId}.keys.json`)
  const stored = readJson(file)
  if (isRecord(stored) && isRecord(stored.id) && isRecord(stored.access)) {
    return { id: await toSigningKey(stored.id), access: await toSigningKey(stored.access) }
  }
  const [id, access] = await Promise.all([newPrivateJwk(), newPrivateJwk()])
  writeJson(file, { id, access })
  return { id: await toSigningKey(id), access: await toSigningKey(access) }
}

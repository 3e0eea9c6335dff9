import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Caller, Credentials } from '../aws/caller.ts'
import type { CredentialStore } from '../aws/context.ts'

const SECRET_FILE = 'master-secret'
/** Length of the master secret, in bytes: the block of HMAC-SHA256's output. */
const SECRET_BYTES = 32
/** Owner may read and write, nobody else may anything. */
const OWNER_ONLY = 0o600
/** AWS's temporary access key ids are `ASIA` and 16 characters of base32. */
const ACCESS_KEY_SUFFIX_LENGTH = 16
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** AWS's secret access keys are 40 characters of base64. */
const SECRET_ACCESS_KEY_LENGTH = 40

/**
 * Key pairs for the roles of the stack and for the operator, derived from a random secret in `dataDir`: the same after
 * a restart, so that what was presigned before it is still good. A key pair is known from its first
 * `credentialsFor` on.
 * @param dataDir outlives the process; emptying it retires every key pair
 */
export function createCredentialStore(dataDir: string): CredentialStore {
  const secret = masterSecret(dataDir)
  const derive = (purpose: string, arn: string) => createHmac('sha256', secret).update(`${purpose}\n${arn}`).digest()
  const known = new Map<string, { credentials: Required<Credentials>; caller: Caller }>()
  return {
    credentialsFor(caller) {
      const accessKeyId = `ASIA${base32(derive('access-key-id', caller.arn), ACCESS_KEY_SUFFIX_LENGTH)}`
      const found = known.get(accessKeyId)
      const credentials = found?.credentials ?? {
        accessKeyId,
        secretAccessKey: Buffer.concat([derive('secret-0', caller.arn), derive('secret-1', caller.arn)])
          .toString('base64')
          .slice(0, SECRET_ACCESS_KEY_LENGTH),
        sessionToken: Buffer.concat([derive('token-0', caller.arn), derive('token-1', caller.arn)]).toString('base64'),
      }
      known.set(accessKeyId, { credentials, caller })
      return credentials
    },
    find: (accessKeyId) => known.get(accessKeyId),
  }
}

function masterSecret(dataDir: string): Buffer {
  const file = path.join(dataDir, SECRET_FILE)
  if (existsSync(file)) {
    const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (secret.length === SECRET_BYTES) return secret
    throw new Error(`${file} must hold ${SECRET_BYTES} bytes in hex, got ${secret.length}`)
  }
  const secret = randomBytes(SECRET_BYTES)
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${secret.toString('hex')}\n`, { mode: OWNER_ONLY })
  renameSync(unfinished, file)
  return secret
}

function base32(bytes: Buffer, length: number): string {
  return [...bytes.subarray(0, length)].map((byte) => BASE32[byte % BASE32.length]).join('')
}

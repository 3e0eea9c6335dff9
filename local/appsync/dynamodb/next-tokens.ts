import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../aws/json.ts'
import type { Item } from './attribute-values.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
/** Nonce and tag of GCM, in bytes. Source: NIST SP 800-38D. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_FILE = 'next-token.key'
const OWNER_ONLY = 0o600

/**
 * Turns DynamoDB's LastEvaluatedKey into an opaque `nextToken` and back. A token opens only for the list it was
 * made for.
 */
export interface NextTokens {
  /** @param list names the list: table, index, query and caller */
  seal(lastEvaluatedKey: Item, list: string): string
  /** The key again; undefined for a token that was tampered with, or belongs to another list. */
  open(token: string, list: string): Item | undefined
}

/** @param dataDir holds the key, so that tokens outlive a restart */
export function createNextTokens(dataDir: string): NextTokens {
  const key = readKey(join(dataDir, KEY_FILE))
  return {
    seal(lastEvaluatedKey, list) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(list))
      const sealed = Buffer.concat([cipher.update(JSON.stringify(lastEvaluatedKey)), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(token, list) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      try {
        const opened: unknown = JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(),
        )
        return isRecord(opened) ? (opened as Item) : undefined
      } catch {
        return undefined
      }
    },
  }
}

function readKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES), { mode: OWNER_ONLY })
  return readFileSync(file)
}

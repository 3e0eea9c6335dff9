import { mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { createCredentialStore } from '../../../local/iam/credentials.ts'

const role = (name: string): Extract<Caller, { kind: 'role' }> => ({
  kind: 'role',
  arn: `arn:aws:iam::123456789012:role/${name}`,
  roleName: name,
  accountId: '123456789012',
  policies: [],
})
let dataDir: string
beforeEach(() => void (dataDir = mkdtempSync(path.join(os.tmpdir(), 'credentials-'))))
afterEach(() => rmSync(dataDir, { recursive: true }))

it('gives every caller a key pair of its own that looks like a temporary one', () => {
  const store = createCredentialStore(dataDir)
  const [a, b] = [store.credentialsFor(role('a')), store.credentialsFor(role('b'))]
  expect(a.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
  expect(a.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
  expect(b.accessKeyId).not.toBe(a.accessKeyId)
  expect(store.find(a.accessKeyId)).toEqual({ credentials: a, caller: role('a') })
  expect(store.find('ASIAAAAAAAAAAAAAAAAA')).toBeUndefined()
})

it('gives the same key pair after a restart, and another when the folder was emptied', () => {
  const before = createCredentialStore(dataDir).credentialsFor(role('a'))
  expect(createCredentialStore(dataDir).credentialsFor(role('a'))).toEqual(before)
  rmSync(path.join(dataDir, 'master-secret'))
  expect(createCredentialStore(dataDir).credentialsFor(role('a')).accessKeyId).not.toBe(before.accessKeyId)
})

it('keeps the secret from other users of the machine', () => {
  createCredentialStore(dataDir)
  expect(statSync(path.join(dataDir, 'master-secret')).mode & 0o077).toBe(0)
})

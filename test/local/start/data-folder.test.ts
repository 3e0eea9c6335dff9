import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DataFolderError, openDataFolder } from '../../../local/data-folder.ts'
import { startTimeOf } from '../../../local/process-identity.ts'

let parent: string
let root: string
beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'data-folder-'))
  root = path.join(parent, '.local')
})
afterEach(() => rmSync(parent, { recursive: true }))
const lock = () => path.join(root, 'lock.json')

it('is made when it is missing, with a folder for each service', () => {
  const folder = openDataFolder(root)
  expect(existsSync(folder.service('s3'))).toBe(true)
  expect(folder.root).toBe(root)
})

it('is had by one process at a time, which the refusal names', () => {
  const folder = openDataFolder(root)
  expect(() => openDataFolder(root)).toThrow(`in use by process ${process.pid}`)
  folder.release()
  openDataFolder(root).release()
})

it('is taken over from a process that was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  openDataFolder(root).release()
  writeFileSync(lock(), JSON.stringify({ pid: child.pid, startTime: startTimeOf(child.pid ?? 0) }))
  expect(() => openDataFolder(root)).toThrow(`in use by process ${child.pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  openDataFolder(root).release()
})

it('is taken over when the pid has come to belong to another process', () => {
  openDataFolder(root).release()
  writeFileSync(lock(), JSON.stringify({ pid: process.pid, startTime: 'long ago' }))
  if (startTimeOf(process.pid) !== null) openDataFolder(root).release()
})

it('is taken over when its lock was half written', () => {
  openDataFolder(root).release()
  writeFileSync(lock(), '{"pid":')
  openDataFolder(root).release()
})

it('is emptied when asked, and only then', () => {
  const first = openDataFolder(root)
  writeFileSync(path.join(first.service('s3'), 'object'), 'bytes')
  first.release()
  const second = openDataFolder(root)
  expect(existsSync(path.join(root, 's3', 'object'))).toBe(true)
  second.release()
  const fresh = openDataFolder(root, { fresh: true })
  expect(existsSync(path.join(root, 's3'))).toBe(false)
  expect(readFileSync(lock(), 'utf8')).toContain(String(process.pid))
  fresh.release()
})

it("is never somebody else's folder, not even to empty it", () => {
  mkdirSync(root)
  writeFileSync(path.join(root, 'thesis.txt'), 'irreplaceable')
  expect(() => openDataFolder(root, { fresh: true })).toThrow(DataFolderError)
  expect(readFileSync(path.join(root, 'thesis.txt'), 'utf8')).toBe('irreplaceable')
})

it('is refused in one line when it is a file, or of another format', () => {
  writeFileSync(root, '')
  expect(() => openDataFolder(root)).toThrow(DataFolderError)
  rmSync(root)
  openDataFolder(root).release()
  writeFileSync(path.join(root, 'local-run.json'), '{"format": 99}')
  expect(() => openDataFolder(root)).toThrow('data format 99, expected 1')
})

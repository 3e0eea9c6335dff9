import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Journal } from '../../../local/sqs/journal.ts'
import { MessageStore } from '../../../local/sqs/message-store.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'))
  file = join(folder, 'messages.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const replayed = (): unknown[] => {
  const records: unknown[] = []
  new Journal<unknown>(file, (record) => records.push(record)).close()
  return records
}

it('drops a last line that was cut off, and appends after the whole ones', () => {
  writeFileSync(file, '{"a":"ü"}\n{"b":')
  const journal = new Journal<unknown>(file, () => undefined)
  journal.append({ c: 3 })
  journal.close()
  expect(replayed()).toEqual([{ a: 'ü' }, { c: 3 }])
})

it('refuses a broken line in the middle, naming file and line', () => {
  appendFileSync(file, '{"a":1}\nbroken\n{"b":2}\n')
  expect(replayed).toThrow(`${file}, line 2`)
})

it('shrinks to what is left once most records are history', () => {
  const store = new MessageStore(file)
  const message = (id: string) => ({
    id, body: 'x', attributes: {}, senderId: 'test', sentAt: 0, availableAt: 0, receiveCount: 0,
  })
  store.commit({ op: 'send', queue: 'jobs', message: message('kept') })
  for (let count = 0; count < 1_000; count += 1) {
    store.commit({ op: 'send', queue: 'jobs', message: message(`gone-${count}`) })
    store.commit({ op: 'delete', queue: 'jobs', id: `gone-${count}` })
  }
  store.close()
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(100)
  const reopened = new MessageStore(file)
  expect([...reopened.messages('jobs').keys()]).toEqual(['kept'])
  reopened.close()
})

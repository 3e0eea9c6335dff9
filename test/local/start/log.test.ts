import { expect, it } from 'vitest'
import { createLog } from '../../../local/log.ts'

it('writes a line for each entry from its level up, naming service and level', () => {
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line) }, 'info')
  log('debug', 's3', 'GetObject')
  log('info', 's3', 'ready')
  log('warn', 'sqs', 'kept back', { messages: 2 })
  expect(lines.map((line) => line.slice(13))).toEqual(['s3          ready\n', 'sqs         warning: kept back {"messages":2}\n'])
})

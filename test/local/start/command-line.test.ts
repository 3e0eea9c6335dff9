import { expect, it } from 'vitest'
import { readCommandLine, USAGE, UsageError } from '../../../local/command-line.ts'

it('has a default for everything', () => {
  expect(readCommandLine([])).toEqual({
    basePort: 4100,
    fresh: false,
    dataDir: '.local',
    assemblyDir: 'cdk.out',
    verbose: false,
    help: false,
  })
})

it('reads every flag', () => {
  const args = ['--port', '5000', '--fresh', '--data', 'd', '--assembly=out', '--pages', '/p', '--verbose', '--help']
  expect(readCommandLine(args)).toEqual({
    basePort: 5000,
    fresh: true,
    dataDir: 'd',
    assemblyDir: 'out',
    pagesDir: '/p',
    verbose: true,
    help: true,
  })
  expect(readCommandLine(['--port', '0']).basePort).toBe(0)
})

it.each([
  [['--port', '80'], '--port must be an integer between 1024 and 65531, or 0, got "80"'],
  [['--port', '65532'], 'got "65532"'],
  [['--port', '4.5'], 'got "4.5"'],
  [['--port', 'http'], 'got "http"'],
  [['--port', ''], 'got ""'],
  [['--port'], '--port'],
  [['--data', ''], '--data must name a folder, got ""'],
  [['--pages', ''], '--pages must name a folder, got ""'],
  [['--colour'], '--colour'],
  [['extra'], 'extra'],
  [['--fresh=yes'], '--fresh'],
])('refuses %j in one line', (args, message) => {
  expect(() => readCommandLine(args)).toThrow(UsageError)
  expect(() => readCommandLine(args)).toThrow(message)
  expect(() => readCommandLine(args)).not.toThrow(/\n/)
})

it('lists every flag in its usage', () => {
  for (const flag of ['--port', '--fresh', '--data', '--assembly', '--pages', '--verbose', '--help']) expect(USAGE).toContain(flag)
})

import { spawn } from 'node:child_process'

/**
 * `npm test`: the checks run beside the tests, since tests wait much and checks compute; the contract suite comes last.
 * Arguments go to vitest, and then only the tests run that they choose.
 */
function run(command: string[], stdio: 'inherit' | 'pipe'): Promise<{ code: number; output: string }> {
  const [program = 'npm', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', stdio, stdio], shell: process.platform === 'win32' })
  let output = ''
  child.stdout?.on('data', (chunk) => { output += chunk })
  child.stderr?.on('data', (chunk) => { output += chunk })
  return new Promise((done) => child.on('close', (code) => done({ code: code ?? 1, output })))
}

const chosen = process.argv.slice(2)
if (chosen.length > 0) {
  process.exitCode = (await run(['npx', 'vitest', 'run', ...chosen], 'inherit')).code
} else {
  const checking = run(['npm', 'run', '--silent', 'check'], 'pipe')
  const tests = await run(['npx', 'vitest', 'run'], 'inherit')
  const contract = await run(['npm', 'run', '--silent', 'test:contract'], 'inherit')
  const checks = await checking
  console.log(checks.output)
  const codes = [checks.code, tests.code, contract.code]
  if (codes.some((code) => code !== 0)) {
    const failed = ['checks', 'tests', 'contract suite'].filter((_, index) => codes[index] !== 0)
    console.log(`Failed: ${failed.join(', ')}.`)
  }
  process.exitCode = Math.max(...codes)
}

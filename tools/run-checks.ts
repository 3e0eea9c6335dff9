import { spawn } from 'node:child_process'

/** `npm run check`: what can be wrong without running the product, side by side; prints only what failed. */
const CHECKS: Record<string, string> = {
  'check:codegen': 'generated code is current',
  'check:types': 'types',
  'check:lint': 'lint, with the rules of AppSync\'s resolvers',
  'check:infra': 'resolvers as AppSync takes them, and cdk-nag',
}

function run(script: string): Promise<{ code: number; output: string }> {
  const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' })
  let output = ''
  child.stdout.on('data', (chunk) => { output += chunk })
  child.stderr.on('data', (chunk) => { output += chunk })
  return new Promise((done) => child.on('close', (code) => done({ code: code ?? 1, output })))
}

const results = await Promise.all(
  Object.entries(CHECKS).map(async ([script, what]) => {
    const { code, output } = await run(script)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${script}: ${what}`)
    if (code !== 0) console.log(output)
    return code
  }),
)
process.exitCode = results.every((code) => code === 0) ? 0 : 1

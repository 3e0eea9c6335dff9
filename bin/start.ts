import { spawn } from 'node:child_process'
import { relative, resolve } from 'node:path'

/**
 * `npm start`: synthesizes the stack and builds the pages, side by side, then runs what was synthesized. One process
 * in the end, so that Ctrl-C and signals reach it whoever sends them.
 */
const ROOT = resolve(import.meta.dirname, '..')

/** Where web/build.ts puts the pages. */
const PAGES = resolve(ROOT, '.build', 'pages', 'explorer')

/** Flags that need nothing built. */
const ASKS_ONLY = ['--help']

/** Flags by which somebody brings an assembly of their own. */
const BRINGS_ASSEMBLY = '--assembly'

function run(...args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', fail)
    child.on('exit', (code, signal) => {
      if (code === 0) return done()
      // Whatever went wrong has been said by the child, in its own words.
      process.exit(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** How often the parent is looked for, in milliseconds. */
const PARENT_CHECK_MS = 500

/** npm puts a shell between itself and this process, and a shell that is told to end doesn't pass it on. */
function endWithParent(): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS)
  timer.unref()
}

endWithParent()
const args = process.argv.slice(2)
if (!args.some((arg) => ASKS_ONLY.includes(arg))) {
  const synth = args.some((arg) => arg.startsWith(BRINGS_ASSEMBLY)) ? [] : [run('infra/app.ts', '--quiet')]
  await Promise.all([...synth, run('web/build.ts')])
  process.argv.push('--pages', relative(process.cwd(), PAGES))
}
await import('../local/start.ts')

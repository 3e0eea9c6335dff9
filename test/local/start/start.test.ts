import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { finished, picture, queryAs, signIn, upload, type ClientConfig, type Query } from './given-client.ts'

const START = path.resolve('local/start.ts')
const TSX = import.meta.resolve?.('tsx') ?? 'tsx'
let folder: string
const running = new Set<ChildProcess>()
beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'start-'))))
afterAll(async () => {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

interface Run {
  child: ChildProcess
  /** What it printed so far, both streams. */
  text(): string
  printed(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** Starts the CLI in `folder`, where it writes its outputs. */
function start(...args: string[]): Run {
  const child = spawn(process.execPath, ['--import', TSX, START, '--assembly', inject('assemblyDir'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
  })
  running.add(child)
  let text = ''
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    }),
  )
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => void (text += String(chunk)))
  return {
    child,
    text: () => text,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text)
          if (found) resolve(found)
        }
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
        void ended.then(() => reject(new Error(`It ended without ${pattern}:\n${text}`)))
        look()
      }),
  }
}

/** A client made of what `amplify_outputs.json` says, as any other would be. */
async function signedIn(): Promise<{ config: ClientConfig; idToken: string; query: Query }> {
  const outputs = JSON.parse(readFileSync(path.join(folder, 'amplify_outputs.json'), 'utf8'))
  const { userPoolEndpoint, user } = outputs.custom.local
  const config: ClientConfig = {
    graphqlUrl: outputs.data.url,
    userPoolEndpoint,
    clientId: outputs.auth.user_pool_client_id,
    user,
  }
  const idToken = await signIn(config)
  return { config, idToken, query: queryAs(config, idToken) }
}

describe('a run', () => {
  it('says where everything is, writes its outputs, keeps them to itself, and ends cleanly on Ctrl-C', async () => {
    const run = start('--port', '0')
    await run.printed(/Ctrl-C ends it/)
    for (const word of ['/graphql', 'demo@example.com', 'npm run upload', 'amplify_outputs.json', '.local']) {
      expect(run.text()).toContain(word)
    }
    expect(statSync(path.join(folder, '.local', 'operator.env')).mode & 0o077).toBe(0)
    run.child.kill('SIGINT')
    expect(await run.ended).toEqual({ code: 0, signal: null })
    expect(existsSync(path.join(folder, '.local', 'lock.json'))).toBe(false)
  })

  it('goes on where it was killed: the image still gets ready', async () => {
    const first = start('--port', '0', '--fresh')
    await first.printed(/Ctrl-C ends it/)
    const id = await upload((await signedIn()).query, await picture())
    first.child.kill('SIGKILL')
    expect((await first.ended).signal).toBe('SIGKILL')
    const second = start('--port', '0')
    await second.printed(/Ctrl-C ends it/)
    const { config, idToken } = await signedIn()
    expect(await finished(config, idToken, id)).toMatchObject({ status: 'READY' })
    second.child.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
  })

  it('starts empty with --fresh', async () => {
    const run = start('--port', '0', '--fresh')
    await run.printed(/Ctrl-C ends it/)
    const { query } = await signedIn()
    expect(await query('{ images { items { id } } }')).toEqual({ images: { items: [] } })
    run.child.kill('SIGINT')
    await run.ended
  })
})

describe('what is wrong is said in one line, with exit code 1', () => {
  const complaint = async (run: Run) => {
    expect(await run.ended).toEqual({ code: 1, signal: null })
    expect(run.text().trim()).not.toContain('\n')
    return run.text()
  }

  it('a taken port', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    try {
      expect(await complaint(start('--port', String(port)))).toMatch(new RegExp(`Port ${port} is taken.*--port`))
    } finally {
      holder.close()
    }
  })

  it('an unknown flag', async () => {
    expect(await complaint(start('--colour'))).toContain('--colour')
  })

  it('an assembly that is not there', async () => {
    expect(await complaint(start('--assembly', 'nowhere', '--port', '0'))).toContain(
      'nowhere/manifest.json does not exist',
    )
  })

  it("a data folder that is somebody else's", async () => {
    mkdirSync(path.join(folder, 'mine', 'photos'), { recursive: true })
    expect(await complaint(start('--data', 'mine', '--fresh', '--port', '0'))).toContain('--data')
    expect(existsSync(path.join(folder, 'mine', 'photos'))).toBe(true)
  })
})

it('prints its usage with --help', async () => {
  const run = start('--help')
  expect((await run.ended).code).toBe(0)
  expect(run.text()).toContain('--fresh')
})

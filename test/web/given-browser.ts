import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { LOOPBACK } from '../../local/ports.ts'

/** What Debian, Ubuntu, Alpine and Google call it. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Nothing but the page may speak to the network, and none of it needs a GPU or rights that containers lack. */
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** Longest wait for anything on a page, in milliseconds: room for two busy cores. */
export const PATIENCE_MS = 20_000

/** Longest that a test may take: several waits, in milliseconds. */
const TEST_TIMEOUT_MS = 60_000

const HOW_TO_GET_IT =
  'needs Chromium: `apt-get install chromium`, or the path of a Chromium or Chrome in CHROMIUM_PATH'

/** @returns an absolute path; undefined when there is no browser on this machine */
function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const places = PATH.split(delimiter).flatMap((folder) => COMMANDS.map((command) => join(folder, command)))
  return places.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A suite that needs a browser: skipped with one line where there is none, and a failure in CI (`CI` is set). */
export function describeInChromium(title: string, suite: () => void): void {
  if (findChromium()) {
    describe(title, { timeout: TEST_TIMEOUT_MS }, suite)
  } else if (process.env['CI']) {
    it(title, () => expect.fail(HOW_TO_GET_IT))
  } else {
    process.stderr.write(`Skipped: "${title}" ${HOW_TO_GET_IT}.\n`)
    describe.skip(title, suite)
  }
}

export async function givenChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium()!, args: ARGUMENTS })
}

/** A browser of somebody's own: storage apart from all others, and everything noted that its tabs do. */
export interface Visit {
  context: BrowserContext
  /** Opens another tab. */
  open(url: string): Promise<Page>
  /** Console errors and warnings, and exceptions nobody caught, in order. */
  faults: string[]
  /** Where requests and WebSockets went that left this machine. */
  strayed: string[]
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const faults: string[] = []
  const strayed: string[] = []
  const note = (url: string) => {
    const { protocol, hostname } = new URL(url)
    if (!['data:', 'blob:'].includes(protocol) && hostname !== LOOPBACK) strayed.push(url)
  }
  context.on('request', (request) => note(request.url()))
  context.on('weberror', (error) => faults.push(error.error().message))
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text())
  })
  context.on('page', (page) => page.on('websocket', (socket) => note(socket.url())))
  return {
    context,
    faults,
    strayed,
    async open(url) {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
  }
}

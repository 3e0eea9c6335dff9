import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BROWSER_BUNDLE } from '../../web/build.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { describeInChromium, givenChromium, visit, type Visit } from './given-browser.ts'
import { givenSite, type Site } from './given-site.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Upload</title><link rel="icon" href="data:,">
<input type="file" aria-label="Photos" multiple disabled><output></output><script type="module" src="upload-page.js"></script></html>`

async function buildUploadPage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await build({ ...BROWSER_BUNDLE, entryPoints: [join(import.meta.dirname, 'upload-page.ts')], outdir: folder })
  await writeFile(join(folder, 'index.html'), HTML)
}

describe("the README's snippets for browsers", () => {
  it.each(['upload.ts', 'gallery.ts'])('are web/%s as it stands', async (file) => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)
    expect(snippets).toContain(await readFile(join(ROOT, 'web', file), 'utf8'))
  })
})

describeInChromium('uploading from a browser, as the README shows it', () => {
  let site: Site
  let browser: Browser
  let somebody: Visit
  let page: Page

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([givenSite(buildUploadPage), givenChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  beforeEach(async () => {
    somebody = await visit(browser)
    page = await somebody.open(site.url)
  })
  afterEach(async () => {
    await somebody.context.close()
    expect(somebody.strayed).toEqual([])
    expect(somebody.faults).toEqual([])
  })

  async function choose(...files: { name: string; from: FixtureName; mimeType?: string }[]): Promise<void> {
    const pictures = await Promise.all(
      files.map(async ({ name, from, mimeType }) => {
        const { bytes, contentType } = await fixture(from)
        return { name, mimeType: mimeType ?? contentType, buffer: bytes }
      }),
    )
    await page.locator('input:enabled').setInputFiles(pictures)
  }

  const figure = (caption: string) => page.locator('figure', { hasText: caption })

  it('ends with the image, whose variant the page shows', async () => {
    await choose({ name: 'meadow.jpg', from: 'photo' })
    const picture = figure('meadow.jpg READY').locator('img')
    expect(await picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(160)
  })

  it('is seen in the gallery by who was there before, and by who comes later', async () => {
    await page.locator('input:enabled').waitFor()
    const later = await somebody.open(site.url)
    await choose({ name: 'bridge.png', from: 'alphaPng' })
    for (const anyone of [page, later]) await anyone.locator('output', { hasText: 'bridge.png' }).waitFor()
  })

  it('tells two uploads at a time apart, one of which is no picture', async () => {
    await choose({ name: 'small.png', from: 'alphaPng' }, { name: 'letter.jpg', from: 'textAsJpeg' })
    await figure('small.png READY').waitFor()
    await figure('letter.jpg UNSUPPORTED_FORMAT').waitFor()
  })

  it('ends with the refusal of what is not accepted', async () => {
    await choose({ name: 'drawing.svg', from: 'svg', mimeType: 'image/svg+xml' })
    await figure('drawing.svg contentType').waitFor()
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildExplorer } from '../../web/build.ts'
import { fixture } from '../fixtures/index.ts'
import { faintTexts } from './contrast.ts'
import { explorerPage } from './explorer-page.ts'
import { describeInChromium, givenChromium, visit, type Visit } from './given-browser.ts'
import { givenSite, signUp, type Site } from './given-site.ts'

/** Sides of a phone's screen, in CSS pixels: among the narrowest in use. */
const PHONE = { width: 360, height: 740 }

/** Somebody who signed up by themselves. */
const ADA = { username: 'ada@example.com', password: 'Analytical-1843' }

/** What Chromium itself says of an answer that is no success: the refusals below are wanted. */
const REFUSED_SIGN_IN = /^Failed to load resource: the server responded with a status of 400/

describeInChromium('the explorer', () => {
  let site: Site
  let browser: Browser
  let somebody: Visit

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([givenSite(buildExplorer), givenChromium()])
    await signUp(site.cloud, ADA.username, ADA.password)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  beforeEach(async () => {
    somebody = await visit(browser)
  })
  afterEach(async () => {
    await somebody.context.close()
    expect(somebody.strayed).toEqual([])
    expect(somebody.faults).toEqual([])
  })

  /** A tab whose editors are there, asked by whoever the page chose. */
  async function openExplorer(): Promise<{ page: Page; explorer: ReturnType<typeof explorerPage> }> {
    const page = await somebody.open(site.url)
    const explorer = explorerPage(page)
    await explorer.editor.waitFor()
    return { page, explorer }
  }

  async function photo() {
    const { bytes, contentType } = await fixture('baselineJpeg')
    return { name: 'meadow.jpg', mimeType: contentType, buffer: bytes }
  }

  it('shows what the schema says of every type and field', async () => {
    const { page } = await openExplorer()
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    const documentation = page.getByRole('region', { name: 'Documentation Explorer' })
    await documentation.getByRole('link', { name: 'Subscription', exact: true }).click()
    await documentation.getByRole('link', { name: 'onImageProcessed' }).click()
    await documentation.getByText('nobody hears of another').waitFor()
  })

  it('offers the fields that fit while one types', async () => {
    const { page, explorer } = await openExplorer()
    await explorer.replaceQuery('{ images { items { ')
    await page.keyboard.press('Control+Space')
    const offered = page.locator('.CodeMirror-hints')
    await offered.getByText('thumbhash', { exact: true }).waitFor()
    await offered.getByText('dominantColor', { exact: true }).click()
    expect(await explorer.queryText()).toBe('{ images { items { dominantColor')
  })

  it('begins as the demo user, whose list is empty', async () => {
    const { explorer } = await openExplorer()
    expect(await explorer.who('Demo user').getAttribute('aria-pressed')).toBe('true')
    await explorer.openSaved('List what is ready', 'Ready')
    expect(await explorer.run('nextToken')).toEqual({ data: { images: { items: [], nextToken: null } } })
  })

  it('lets a guest read what is public, and shows the refusal of everything else', async () => {
    const { explorer } = await openExplorer()
    await explorer.who('Guest').click()
    await explorer.openSaved('See what is public', 'PublicImages')
    expect(await explorer.run('publicImages')).toEqual({ data: { publicImages: { items: [], nextToken: null } } })
    await explorer.openSaved('List what is ready', 'Ready')
    expect(await explorer.run('Unauthorized')).toMatchObject({
      data: null,
      errors: [{ errorType: 'Unauthorized', path: ['images'] }],
    })
    await explorer.openSaved('Watch', 'Watch')
    expect(await explorer.run('Unauthorized')).toMatchObject({ errors: [{ errorType: 'Unauthorized' }] })
    await explorer.choosePhoto(await photo())
    await explorer.uploadStatus.getByText('meadow.jpg: Not Authorized').waitFor()
  })

  it("shows the user pool's sentence for a wrong password, and signs in somebody else", async () => {
    const { page, explorer } = await openExplorer()
    await explorer.who('Sign in').click()
    const form = page.getByRole('form', { name: 'Sign in' })
    await form.getByLabel('E-mail').fill(ADA.username)
    await form.getByLabel('Password').fill('Difference-1822')
    await page.keyboard.press('Enter')
    await explorer.alert.getByText('Incorrect username or password.').waitFor()
    expect(await explorer.who('Guest').getAttribute('aria-pressed')).toBe('true')
    expect(somebody.faults.splice(0)).toEqual([expect.stringMatching(REFUSED_SIGN_IN)])

    await form.getByLabel('Password').fill(ADA.password)
    await page.keyboard.press('Enter')
    await explorer.who(ADA.username).waitFor()
    expect(await explorer.alert.count()).toBe(0)
    await explorer.openSaved('Request an upload', 'RequestUpload')
    expect(await explorer.run('requestUpload')).toMatchObject({
      data: { requestUpload: { image: { status: 'PENDING' } } },
    })

    await page.reload()
    await explorer.who(ADA.username).waitFor()
  })

  it('signs the demo user in again when the user pool does not know the tokens any more', async () => {
    const { page, explorer } = await openExplorer()
    await page.evaluate(() => {
      const refreshToken = Object.keys(localStorage).find((key) => key.endsWith('.refreshToken'))
      localStorage.setItem(refreshToken!, 'of-another-run')
    })
    await page.reload()
    await explorer.openSaved('Look at one image', 'Image')
    expect(await explorer.run('image')).toEqual({ data: { image: null } })
    expect(await explorer.who('Demo user').getAttribute('aria-pressed')).toBe('true')
    expect(somebody.faults.splice(0)).toEqual([expect.stringMatching(REFUSED_SIGN_IN)])
  })

  it('shows the event of an upload made in another tab, then the whole story', async () => {
    const watching = await openExplorer()
    await watching.explorer.openSaved('Watch', 'Watch')
    const stands = watching.page
      .waitForEvent('websocket')
      .then((socket) => socket.waitForEvent('framereceived', ({ payload }) => payload.includes('start_ack')))
    await watching.page.getByRole('button', { name: 'Execute query' }).click()
    await stands

    const { page, explorer } = await openExplorer()
    await explorer.choosePhoto(await photo())
    await explorer.uploadStatus.getByText('meadow.jpg is uploaded as image').waitFor()
    const id = /image (\w+)\./.exec(await explorer.uploadStatus.innerText())![1]!

    expect(await watching.explorer.answer('READY')).toMatchObject({
      data: { onImageProcessed: { id, status: 'READY', fileName: 'meadow.jpg', width: 320, height: 200 } },
    })

    await explorer.openSaved('Look at one image', 'Image')
    await page.getByRole('button', { name: 'Variables' }).click()
    expect(await explorer.variables()).toEqual({ id })
    expect(await explorer.run('sha256')).toMatchObject({
      data: { image: { id, status: 'READY', visibility: 'PRIVATE' } },
    })

    await explorer.openSaved('Make it public', 'UpdateImage')
    expect(await explorer.run('updateImage')).toMatchObject({ data: { updateImage: { id, visibility: 'PUBLIC' } } })

    await explorer.who('Guest').click()
    await explorer.openSaved('See what is public', 'PublicImages')
    expect(await explorer.run('publicImages')).toMatchObject({
      data: { publicImages: { items: [{ id, title: 'Look at this', fileName: null }] } },
    })
  })

  it.each(['light', 'dark'] as const)('is %s when the system is, with text that stands out', async (colorScheme) => {
    const { page, explorer } = await openExplorer()
    await page.emulateMedia({ colorScheme })
    await explorer.openSaved('Look at one image', 'Image')
    await page.getByRole('button', { name: 'Variables' }).click()
    await explorer.run('null')
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    await page.getByRole('link', { name: 'Mutation', exact: true }).click()
    await explorer.who('Sign in').click()
    const brightness = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(brightness).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(33, 42, 59)')
    expect(await faintTexts(page)).toEqual([])
  })

  it('fits the width of a phone', async () => {
    await somebody.context.close()
    somebody = await visit(browser, { viewport: PHONE, hasTouch: true, isMobile: true })
    const { page, explorer } = await openExplorer()
    await explorer.who('Sign in').tap()
    await explorer.openSaved('List what is ready', 'Ready')
    await explorer.run('nextToken')
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).tap()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  })

  it('can be used with a keyboard: what has the focus is seen, and every control has a name', async () => {
    const { page } = await openExplorer()
    await page.keyboard.press('Tab')
    const focused = () =>
      page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!)
        return { text: document.activeElement!.textContent, outline: `${outlineWidth} ${outlineStyle}` }
      })
    expect(await focused()).toEqual({ text: 'Guest', outline: '2px solid' })
    const nameless = await page.locator('button:visible, input:visible').evaluateAll((controls) =>
      controls
        .filter((control) => {
          const labels = (control as HTMLInputElement).labels
          return !(control.textContent?.trim() || control.getAttribute('aria-label') || labels?.length)
        })
        .map(({ outerHTML }) => outerHTML),
    )
    expect(nameless).toEqual([])
  })
})

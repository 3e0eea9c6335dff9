import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { PATIENCE_MS } from './given-browser.ts'

/** What a person sees and does on the explorer's page. */
export function explorerPage(page: Page) {
  const editor = page.locator('.graphiql-query-editor .CodeMirror')
  const variables = page.locator('.graphiql-editor-tool .CodeMirror').first()
  const answer = page.locator('.graphiql-response .CodeMirror')

  const saved = page.getByRole('complementary', { name: 'Saved operations' })

  /** The text of an editor: only the lines in sight are in the page. */
  const textOf = (locator: Locator) =>
    locator.evaluate((element) => (element as unknown as { CodeMirror: { getValue(): string } }).CodeMirror.getValue())

  return {
    editor,
    who: (name: string | RegExp) => page.getByRole('group', { name: 'Who asks' }).getByRole('button', { name }),
    alert: page.getByRole('alert'),
    /** What the last upload by hand came to. */
    uploadStatus: saved.getByRole('status'),
    queryText: () => textOf(editor),
    variables: async () => JSON.parse(await textOf(variables)) as unknown,
    /** Opens a saved operation; resolves when it stands in the editor. */
    async openSaved(title: string, operationName: string): Promise<void> {
      await saved.getByRole('button', { name: title }).click()
      await editor.getByText(operationName, { exact: true }).waitFor()
    },
    async replaceQuery(text: string): Promise<void> {
      await editor.click()
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(text)
    },
    /** Runs what is in the editor until an answer is there that holds `text`. */
    async run(text: string): Promise<unknown> {
      await page.getByRole('button', { name: 'Execute query' }).click()
      return this.answer(text)
    },
    /** The answer, once it holds `text`: also where it is so long that the end is not drawn. */
    async answer(text: string): Promise<unknown> {
      const answered = async () => (await textOf(answer)).includes(text)
      await expect.poll(answered, { timeout: PATIENCE_MS, message: `an answer with "${text}"` }).toBe(true)
      return JSON.parse(await textOf(answer)) as unknown
    },
    choosePhoto: (file: { name: string; mimeType: string; buffer: Buffer }) =>
      page.getByLabel('Upload a photo').setInputFiles(file),
  }
}

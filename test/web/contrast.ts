import type { Page } from 'playwright-core'

/** Contrast that text must have against its ground. Source: WCAG 2.2, success criterion 1.4.3 (AA). */
export const MIN_CONTRAST = 4.5

/**
 * Every text that can be seen on the page and has less contrast than `MIN_CONTRAST`, as `"text" ratio`. Colours are
 * blended over the grounds below them; formulas: WCAG 2.2, "relative luminance" and "contrast ratio".
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    type Rgba = [number, number, number, number]
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!

    /** Whatever CSS calls a colour, as the browser paints it; 0 to 255, alpha 0 to 1. */
    function rgba(color: string): Rgba {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
      return [r!, g!, b!, a! / 255]
    }
    function over([r, g, b, a]: Rgba, [r2, g2, b2]: Rgba): Rgba {
      return [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a), 1]
    }
    function ground(element: Element | null): Rgba {
      if (!element) return [255, 255, 255, 1]
      const own = rgba(getComputedStyle(element).backgroundColor)
      return own[3] === 1 ? own : over(own, ground(element.parentElement))
    }
    function luminance(color: Rgba): number {
      const [r, g, b] = color.map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const faint: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement!
      const text = texts.currentNode.nodeValue!.trim()
      if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const below = ground(element)
      const lights = [luminance(over(rgba(getComputedStyle(element).color), below)), luminance(below)]
      const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05)
      if (ratio < least) faint.push(`"${text.slice(0, 40)}" ${ratio.toFixed(2)}`)
    }
    return faint
  }, MIN_CONTRAST)
}

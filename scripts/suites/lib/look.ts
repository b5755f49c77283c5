import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const widths = [360, 1280] as const
const schemes = ['light', 'dark'] as const
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What the pages' own guard says when one of them threw: a card that looks perfectly fine. */
const crashed = /This page stopped working|Sign-in is out of reach|This page is not set up/

/** Where the pictures of this run are. */
export const pictures = mkdtempSync(join(tmpdir(), 'authstack-looks-'))

/**
 * Takes the page's picture in both schemes and widths, and asserts for each that axe finds nothing,
 * that nothing scrolls sideways, and that the scheme is really drawn.
 */
export async function expectGoodLooks(page: Page, name: string): Promise<void> {
  const faults: string[] = []
  const backgrounds = new Set<string>()
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 800 })
      await page.waitForTimeout(120)
      const at = `${name} ${scheme} ${width}`
      await page.screenshot({
        path: join(pictures, `${at.replace(/\W+/g, '-')}.png`),
        fullPage: true,
      })
      const { scrolls, background, text } = await page.evaluate(measure)
      if (crashed.test(text)) faults.push(`${at}: shows a crash instead of the page`)
      if (scrolls > width) faults.push(`${at}: scrolls sideways, ${scrolls} px`)
      backgrounds.add(`${scheme} ${background}`)
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      for (const { id, nodes } of violations) {
        const where = nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)}`)
        faults.push(`${at}: ${id} ${nodes.length}×: ${where.join(' | ')}`)
      }
    }
  }
  assert.deepEqual(faults, [])
  assert.equal(
    new Set([...backgrounds].map((one) => one.split(' ').slice(1).join(' '))).size,
    2,
    `${name} looks the same in light and dark: ${[...backgrounds].join(', ')}`,
  )
}

function measure() {
  return {
    scrolls: document.documentElement.scrollWidth,
    background: getComputedStyle(document.body).backgroundColor,
    // biome-ignore lint/performance/useDomNodeTextContent: what a person can read, not what stands hidden in the tree
    text: document.body.innerText,
  }
}

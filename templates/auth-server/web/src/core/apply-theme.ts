import type { PageTheme } from './page-config.ts'

/**
 * Puts the project's colours, and its choice of light or dark, on the page before anything is drawn. They go into
 * the same cascade layer as the defaults of @authstack/react, so CSS of the project itself still wins. A
 * constructed sheet needs no `unsafe-inline` in the pages' content security policy.
 */
export function applyTheme(theme: PageTheme | null): void {
  if (!theme) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(themeCss(theme))
  document.adoptedStyleSheets.push(sheet)
}

/** The rules for one theme; kept apart from the document so that a test can read them. */
export function themeCss({ primaryColor, fontFamily, radius, darkMode }: PageTheme): string {
  const variables = [
    declare('color-primary', primaryColor),
    fontFamily === 'system' ? '' : declare('font-family', fontFamily),
    declare('radius', radius),
  ].join('')
  const scheme = darkMode === 'system' ? '' : `:root{color-scheme:${darkMode}}`
  return `@layer authstack{:root{${variables}}}${scheme}`
}

// A value that could end its rule is left out: a theme sets values, it does not write CSS.
const declare = (name: string, value: string) =>
  value && !/[{};<]/.test(value) ? `--authstack-${name}:${value};` : ''

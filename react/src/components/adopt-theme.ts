import type { InstanceConfig } from '../core/types.ts'

const FONT_SYSTEM = 'system'

/**
 * Puts the instance's theme under the customer's own CSS: in our layer at `:root`, where any
 * unlayered rule of theirs wins. A constructed sheet needs no `unsafe-inline` in their CSP.
 */
export function adoptTheme(config: InstanceConfig): () => void {
  const css = themeCss(config)
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  } catch {
    // No constructed sheets here (old browser, jsdom): the defaults stay.
    return () => {}
  }
}

function themeCss({ theme }: InstanceConfig): string {
  const rules = [
    declare('color-primary', theme.primaryColor),
    theme.fontFamily === FONT_SYSTEM ? '' : declare('font-family', theme.fontFamily),
    declare('radius', theme.radius),
  ].join('')
  const scheme =
    theme.darkMode === 'system' ? '' : `:where(.authstack){color-scheme:${theme.darkMode}}`
  return `@layer authstack{:root{${rules}}${scheme}}`
}

// A value that could close the rule is left out: the theme may set values, not write CSS.
function declare(name: string, value: string | undefined): string {
  return value && !/[{};<]/.test(value) ? `--authstack-${name}:${value};` : ''
}

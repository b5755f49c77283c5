/** The seed's `theme`: shorthand for the variables most people change. */
export interface ThemeConfig {
  primaryColor?: string
  errorColor?: string
  successColor?: string
  backgroundColor?: string
  textColor?: string
  fontFamily?: string
  borderRadius?: string
  /** Default: what the page's own `color-scheme` says. */
  darkMode?: 'system' | 'light' | 'dark'
}

export type ThemeVariable =
  | 'color-primary'
  | 'color-background'
  | 'color-surface'
  | 'color-border'
  | 'color-text'
  | 'color-text-muted'
  | 'color-danger'
  | 'color-success'
  | 'font-family'
  | 'font-size'
  | 'radius'
  | 'space'
  | 'shadow'

export type ElementName =
  | 'card'
  | 'title'
  | 'field'
  | 'label'
  | 'input'
  | 'button'
  | 'link'
  | 'alert'
  | 'avatar'
  | 'badge'
  | 'dialog'
  | 'menu'
  | 'table'

export interface Appearance {
  /** Each becomes `--authstack-<name>`. */
  variables?: Partial<Record<ThemeVariable, string>>
  /** Your own class names, put beside ours. */
  elements?: Partial<Record<ElementName, string>>
  darkMode?: 'system' | 'light' | 'dark'
}

/** `appearance` over `theme`. */
export function resolveAppearance(
  theme: ThemeConfig = {},
  appearance: Appearance = {},
): Appearance {
  const variables = {
    'color-primary': theme.primaryColor,
    'color-danger': theme.errorColor,
    'color-success': theme.successColor,
    'color-background': theme.backgroundColor,
    'color-text': theme.textColor,
    'font-family': theme.fontFamily,
    radius: theme.borderRadius,
    ...appearance.variables,
  }
  return {
    variables: Object.fromEntries(Object.entries(variables).filter(([, value]) => value)),
    elements: appearance.elements ?? {},
    darkMode: appearance.darkMode ?? theme.darkMode,
  }
}

export function styleOf(appearance: Appearance): Record<string, string> {
  const entries = Object.entries(appearance.variables ?? {})
  return Object.fromEntries(entries.map(([name, value]) => [`--authstack-${name}`, value]))
}

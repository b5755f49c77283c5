import type { Settings } from './read-settings.ts'

/** Address of one of the instance's own pages, in the mode of this app's key. */
export function hostedPage(settings: Settings, path: '/account' | '/forgot-password'): string {
  const base = settings.apiKey.startsWith('ask_test_') ? '/test' : ''
  return `${settings.endpoint}${base}${path}`
}

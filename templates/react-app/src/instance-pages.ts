import type { Settings } from './read-settings.ts'

/** The hosted page where people manage their profile and sessions. */
export function accountUrl(settings: Settings): string {
  const base = settings.apiKey.startsWith('ask_test_') ? '/test' : ''
  return `${settings.endpoint}${base}/account`
}

import { AuthStackError } from './authstack-error.ts'

/** What a publishable key says about itself: `ask_<mode>_<id>_<secret>_<crc>`. */
export interface ParsedKey {
  mode: 'live' | 'test'
  keyId: string
}

/** Throws `key_malformed` with the cure when the key is a secret one or none at all. */
export function parseKey(apiKey: string): ParsedKey {
  if (/^authstack_sec_/.test(apiKey)) {
    throw new AuthStackError(
      'This is a secret key. It belongs on a server; give the provider the publishable key, which begins with ask_.',
      { code: 'key_malformed', status: 0 },
    )
  }
  const match = /^ask_(live|test)_([0-9A-Za-z]+)/.exec(apiKey ?? '')
  if (!match?.[1] || !match[2]) {
    throw new AuthStackError(
      'The API key is missing or malformed. It looks like ask_live_… and `authstack keys list` prints it.',
      { code: 'key_malformed', status: 0 },
    )
  }
  return { mode: match[1] as 'live' | 'test', keyId: match[2] }
}

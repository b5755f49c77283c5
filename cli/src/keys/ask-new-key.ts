import { usageError } from '../errors.ts'
import type { Output } from '../output/output.ts'
import { askChoice, askText } from '../prompt/ask.ts'
import type { NewKey } from './keys.ts'

/** A new key from flags, else asked. Origins are checked here: a typo would only show in a browser. */
export async function askNewKey(output: Output, given: Partial<NewKey>): Promise<NewKey> {
  const kind = await askChoice(output, {
    flag: '--kind',
    message: 'Who holds the key?',
    value: given.kind,
    choices: [
      { value: 'browser', name: 'browser: a web app' },
      { value: 'native', name: 'native: a mobile or desktop app' },
      { value: 'secret', name: 'secret: a server of yours' },
    ],
  })
  const name = await askText(output, {
    flag: '--name',
    message: 'Name to tell it by',
    value: given.name,
    validate: (text) => (text.trim() ? true : 'A name has at least one letter.'),
  })
  for (const origin of given.origins ?? []) checkOrigin(origin)
  for (const uri of given.redirectUris ?? []) checkUrl(uri)
  return { ...withoutEmpty(given), kind, name }
}

/** Exit 2 unless the text is an origin exactly as a browser sends it. */
export function checkOrigin(text: string, flag = '--origin'): void {
  if (URL.canParse(text) && new URL(text).origin === text) return
  const meant = URL.canParse(text) ? new URL(text).origin : null
  throw usageError({
    code: 'origin_invalid',
    what: `${flag} "${text}" is not an origin.`,
    why: 'An origin is scheme, host and port, without a path or a slash at the end.',
    next: [
      meant && meant !== 'null' ? `Did you mean ${meant} ?` : 'For example https://app.example.com',
    ],
  })
}

function checkUrl(text: string): void {
  if (URL.canParse(text)) return
  throw usageError({
    code: 'redirect_uri_invalid',
    what: `--redirect-uri "${text}" is not a URL.`,
    why: 'It must be the whole address, which is compared letter by letter.',
    next: ['For example https://app.example.com/callback'],
  })
}

function withoutEmpty<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}

import { getDomain } from 'tldts'
import type { Dns } from '../dns.ts'
import type { MailSettings } from './mail-settings.ts'

/**
 * What the DNS says of one way in which receivers judge a sender. `weak` works and could be better;
 * `unknown` could not be looked up. `advice` is for whoever `fixer` names.
 */
export interface DomainCheck {
  name: 'SPF' | 'DKIM' | 'DMARC'
  status: 'ok' | 'weak' | 'missing' | 'wrong' | 'unknown'
  /** The record that was looked for. */
  record: string
  found: string | null
  advice: string | null
  fixer: 'dns' | 'settings' | null
}

interface Habits {
  /** Where SPF is looked for: on the return path, which some providers put on a subdomain. */
  spfHost(domain: string): string
  /** What that SPF must include. */
  include: string | null
  /** Selectors of DKIM keys that are the same for every customer. */
  selectors: string[]
  /** The return path is the provider's own domain: SPF passes there, and says nothing about ours. */
  ownReturnPath: boolean
}

const same = (domain: string) => domain
const habits: Record<MailSettings['provider'], Habits> = {
  smtp: { spfHost: same, include: null, selectors: [], ownReturnPath: false },
  postmark: { spfHost: same, include: null, selectors: [], ownReturnPath: true },
  resend: {
    spfHost: (domain) => `send.${domain}`,
    include: 'amazonses.com',
    selectors: ['resend'],
    ownReturnPath: false,
  },
  sendgrid: { spfHost: same, include: null, selectors: ['s1', 's2'], ownReturnPath: true },
  ses: { spfHost: same, include: null, selectors: [], ownReturnPath: true },
}

type Found = Omit<DomainCheck, 'name' | 'record'>

/** Looks SPF, DKIM and DMARC of the from-domain up, as a receiver of its mails would. */
export async function checkDomain(
  dns: Dns,
  domain: string,
  mail: Pick<MailSettings, 'provider' | 'dkimSelector'>,
): Promise<DomainCheck[]> {
  const { spfHost, ...rest } = habits[mail.provider]
  const spfRecord = spfHost(domain)
  const selectors = mail.dkimSelector ? [mail.dkimSelector] : rest.selectors
  const dkimRecord = `${selectors[0] ?? '<selector>'}._domainkey.${domain}`
  return Promise.all([
    look('SPF', spfRecord, async () => spf(await dns.txt(spfRecord), spfRecord, rest)),
    look('DKIM', dkimRecord, () => dkim(dns, domain, selectors)),
    look('DMARC', `_dmarc.${domain}`, () => dmarc(dns, domain)),
  ])
}

async function look(
  name: DomainCheck['name'],
  record: string,
  check: () => Promise<Found>,
): Promise<DomainCheck> {
  const found = await check().catch(
    (error): Found => ({
      status: 'unknown',
      found: null,
      advice: `The DNS did not answer: ${(error as Error).message}`,
      fixer: null,
    }),
  )
  return { name, record, ...found }
}

const fine = (found: string): Found => ({ status: 'ok', found, advice: null, fixer: null })
const ask = (status: DomainCheck['status'], found: string | null, advice: string): Found => ({
  status,
  found,
  advice,
  fixer: 'dns',
})

function spf(
  texts: string[],
  host: string,
  { include, ownReturnPath }: Omit<Habits, 'spfHost'>,
): Found {
  const records = texts.filter((text) => /^v=spf1(\s|$)/i.test(text))
  const [record] = records
  if (records.length > 1) {
    return ask(
      'wrong',
      records.join(' | '),
      `${host} has ${records.length} SPF records; receivers then read none. Make one of them.`,
    )
  }
  if (!record) {
    const wanted = `"v=spf1 ${include ? `include:${include} ` : ''}~all"`
    if (ownReturnPath) {
      return ask(
        'weak',
        null,
        `The provider's own return path passes SPF, so mails rest on DKIM. To forbid others, add TXT ${host}: "v=spf1 ~all" and whoever else sends for it.`,
      )
    }
    return ask(
      'missing',
      null,
      `Add TXT ${host}: ${include ? wanted : `"v=spf1 a:<your mail server> ~all"`}`,
    )
  }
  if (include && !record.toLowerCase().includes(`include:${include}`)) {
    return ask('wrong', record, `Add include:${include} to it, or mails of the provider fail SPF.`)
  }
  if (/[+?]all\s*$/i.test(record)) {
    return ask('weak', record, 'It lets everybody send as this domain. End it with ~all or -all.')
  }
  return fine(record)
}

async function dkim(dns: Dns, domain: string, selectors: string[]): Promise<Found> {
  if (selectors.length === 0) {
    return {
      status: 'unknown',
      found: null,
      advice:
        'The name of the key is your own at this provider. Copy it from there into mail.dkimSelector of authstack.config.ts.',
      fixer: 'settings',
    }
  }
  for (const selector of selectors) {
    const host = `${selector}._domainkey.${domain}`
    const record = (await dns.txt(host)).find((text) => /(^|;)\s*p=/i.test(text))
    if (!record) {
      return ask(
        'missing',
        null,
        `${host} has no key. Add the record that the provider shows for this domain.`,
      )
    }
    if (/(^|;)\s*p=\s*(;|$)/i.test(record)) {
      return ask(
        'wrong',
        record,
        `The key at ${host} was taken back (p= is empty). Set the provider's present one.`,
      )
    }
    if (selector === selectors.at(-1))
      return fine(record.length > 60 ? `${record.slice(0, 60)}...` : record)
  }
  throw new Error('no selector')
}

async function dmarc(dns: Dns, domain: string): Promise<Found> {
  const parent = getDomain(domain)
  for (const host of new Set([domain, parent ?? domain])) {
    const record = (await dns.txt(`_dmarc.${host}`)).find((text) => /^v=DMARC1\b/i.test(text))
    if (!record) continue
    if (/;\s*p=none\b/i.test(record)) {
      return ask(
        'weak',
        record,
        'It only watches. When the reports look right, set p=quarantine, then p=reject.',
      )
    }
    return /;\s*p=(quarantine|reject)\b/i.test(record)
      ? fine(record)
      : ask('wrong', record, 'It has no policy. It must say p=none, p=quarantine or p=reject.')
  }
  return ask(
    'missing',
    null,
    `Add TXT _dmarc.${domain}: "v=DMARC1; p=none; rua=mailto:<where reports go>"`,
  )
}

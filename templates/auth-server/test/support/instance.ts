import { readFileSync } from 'node:fs'

/** Where a deployed instance is, as `bin/demo --json` prints it. */
export interface Instance {
  /** Origin: `http://localhost:4100`. */
  api: string
  mailbox: string
  nativeKey: string
  /** A key of test mode; optional. */
  testKey?: string
  /** Origin of an app that the browser keys allow. */
  app?: string
  origin?: string
  /** Superuser of its cluster, when the suites run on the same machine. */
  pgSuperuserUrl?: string
  /** Folder of its deploy and, in it, of its credentials, when the suites run on the same machine. */
  state?: string
  credentials?: string
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  body: any
}

export interface Call {
  token?: string
  key?: string
  tenant?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Reads the file that AUTHSTACK_TEST_INSTANCE names, or gives null. */
export function readInstance(): Instance | null {
  const path = process.env.AUTHSTACK_TEST_INSTANCE
  return path ? (JSON.parse(readFileSync(path, 'utf8')) as Instance) : null
}

/** A superuser of a PostgreSQL for scratch databases: named by itself, or the instance's own. */
export function superuserUrl(): string | null {
  return process.env.AUTHSTACK_PG_SUPERUSER_URL ?? readInstance()?.pgSuperuserUrl ?? null
}

/** One request under `/api/v1`, with the native key unless another is given. */
export async function call(
  instance: Instance,
  method: string,
  path: string,
  { token, key, tenant, body, headers = {} }: Call = {},
): Promise<Answer> {
  const response = await fetch(`${instance.api}/api/v1${path}`, {
    method,
    headers: {
      'X-AuthStack-Key': key ?? instance.nativeKey,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(tenant ? { 'X-Tenant-ID': tenant } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parse(text) }
}

/** As `call`, and throws unless the status is the wanted one. */
export async function must(
  instance: Instance,
  status: number,
  method: string,
  path: string,
  options: Call = {},
): Promise<Answer> {
  const answer = await call(instance, method, path, options)
  if (answer.status !== status) {
    throw new Error(
      `${method} ${path}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`,
    )
  }
  return answer
}

/** The token in the newest mail to an address whose subject holds `subject`; waits up to 20 s. */
export async function mailedToken(
  instance: Instance,
  email: string,
  subject: string,
): Promise<string> {
  const query = encodeURIComponent(`to:${email}`)
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const list = (await getJson(`${instance.mailbox}/api/v1/search?query=${query}`)) as {
      messages: { ID: string; Subject: string }[]
    }
    const found = list.messages.find((message) => message.Subject.includes(subject))
    if (found) {
      const mail = (await getJson(`${instance.mailbox}/api/v1/message/${found.ID}`)) as {
        Text: string
      }
      const token = /#token=([^\s"<]+)/.exec(mail.Text)?.[1]
      if (token) return decodeURIComponent(token)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`No mail "${subject}" to ${email}`)
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

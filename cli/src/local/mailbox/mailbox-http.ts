import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Mail, MailStore } from './mail-store.ts'
import { mailboxPage } from './mailbox-page.ts'

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/**
 * The mailbox's page and its REST in Mailpit's shape.
 * @param previewFile the page of all mails that `authstack mail preview` and `dev` write
 */
export function createMailboxHttp(store: MailStore, previewFile: string | null = null): Server {
  return createServer((request, response) => {
    // A foreign site whose name was rebound to 127.0.0.1 must not read verification links.
    if (!LOCAL_HOST.test(request.headers.host ?? '')) send(response, 403, 'Local only')
    else if (`${request.method} ${request.url}` === 'GET /previews') {
      void sendPreviews(response, previewFile)
    } else answer(store, request, response, new URL(request.url ?? '/', 'http://mailbox'))
  })
}

function answer(
  store: MailStore,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const call = `${request.method} ${url.pathname}`
  const id = /^GET \/api\/v1\/message\/([\w-]+)$/.exec(call)?.[1]
  if (id) {
    const mail = store.open(id)
    if (mail) sendJson(response, mail)
    else send(response, 404, 'Not found')
  } else if (call === 'GET /') sendPage(response)
  else if (call === 'GET /readyz') send(response, 200, 'ok')
  else if (call === 'GET /api/v1/messages') sendJson(response, listing(store.list(), url))
  else if (call === 'GET /api/v1/search') {
    sendJson(response, listing(store.list(url.searchParams.get('query') ?? ''), url))
  } else if (call === 'DELETE /api/v1/messages') {
    store.clear()
    send(response, 200, 'ok')
  } else send(response, 404, 'Not found')
}

function listing(mails: Mail[], url: URL) {
  const start = Number(url.searchParams.get('start')) || 0
  const limit = Math.min(Number(url.searchParams.get('limit')) || 50, 500)
  const messages = mails.slice(start, start + limit).map(({ HTML: _html, Text, ...mail }) => ({
    ...mail,
    Created: mail.Date,
    Snippet: Text.replace(/\s+/g, ' ').trim().slice(0, 140),
  }))
  const unread = mails.filter((mail) => !mail.Read).length
  return { total: mails.length, unread, count: messages.length, start, messages }
}

async function sendPreviews(response: ServerResponse, file: string | null): Promise<void> {
  const page = file ? await readFile(file, 'utf8').catch(() => null) : null
  if (page === null) send(response, 404, 'Not written yet: run authstack mail preview')
  else sendPage(response, page)
}

function sendPage(response: ServerResponse, page = mailboxPage): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src * data:; frame-src 'self'; frame-ancestors 'none'",
  })
  response.end(page)
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(text)
}

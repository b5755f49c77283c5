/** What the mailbox page does: lists every 2 seconds, opens a mail in a sandboxed frame. */
export const mailboxScript = `
const list = document.getElementById('list')
const view = document.getElementById('mail')
const query = document.getElementById('query')
const times = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
let openId = null
let shown = ''

function make(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props)
  element.append(...children)
  return element
}
const name = (address) => address.Name || address.Address
const empty = (text) => make('p', { className: 'empty muted', textContent: text })

async function refresh() {
  const search = query.value.trim()
  const path = search ? '/api/v1/search?query=' + encodeURIComponent(search) : '/api/v1/messages'
  const answer = await fetch(path).then((r) => r.json()).catch(() => null)
  if (!answer) return
  const state = JSON.stringify([answer.messages, openId, search])
  if (state === shown) return
  shown = state
  document.title = answer.unread ? 'Mailbox (' + answer.unread + ')' : 'Mailbox'
  const focused = document.activeElement?.dataset?.id
  list.replaceChildren(...answer.messages.map(row))
  if (focused) list.querySelector('[data-id="' + focused + '"]')?.focus()
  if (answer.messages.length === 0) {
    const text = search ? 'No mail matches.' : 'No mail yet. Sign up on a page of this instance, and the mail appears here.'
    list.append(make('li', {}, empty(text)))
  }
}

function row(mail) {
  const time = make('time', { dateTime: mail.Date, title: full.format(new Date(mail.Date)), textContent: times.format(new Date(mail.Date)) })
  const to = mail.To.map(name).join(', ')
  const button = make('button', { type: 'button', className: mail.Read ? '' : 'unread', onclick: () => open(mail.ID) },
    make('div', { className: 'row' }, make('span', { textContent: to, title: to }), time),
    make('span', { className: 'subject', textContent: mail.Subject || 'No subject', title: mail.Subject }),
    make('span', { className: 'snippet', textContent: mail.Snippet }))
  button.dataset.id = mail.ID
  if (mail.ID === openId) button.setAttribute('aria-current', 'true')
  return make('li', {}, button)
}

async function open(id) {
  const mail = await fetch('/api/v1/message/' + id).then((r) => r.json())
  openId = id
  document.body.classList.add('reading')
  show(mail, mail.HTML ? 'page' : 'text')
  refresh()
}

function show(mail, kind) {
  const tab = (label, value) => {
    const button = make('button', { type: 'button', textContent: label, onclick: () => show(mail, value) })
    button.setAttribute('aria-pressed', String(kind === value))
    return button
  }
  const head = make('div', { className: 'head' },
    make('button', { id: 'back', type: 'button', textContent: 'Back to list', onclick: close }),
    make('h2', { textContent: mail.Subject || 'No subject' }),
    make('p', { className: 'muted', textContent: 'From ' + mail.From.Name + ' <' + mail.From.Address + '>' }),
    make('p', { className: 'muted', textContent: 'To ' + mail.To.map((a) => a.Address).join(', ') + ', ' + full.format(new Date(mail.Date)) }))
  if (mail.HTML) head.append(make('div', { className: 'tabs' }, tab('Page', 'page'), tab('Text', 'text')))
  view.replaceChildren(head, kind === 'page' ? frame(mail.HTML) : text(mail.Text))
}

function frame(html) {
  const frame = make('iframe', { title: 'The mail' })
  // No scripts, no access to this page; links open in a tab of their own.
  frame.sandbox = 'allow-popups allow-popups-to-escape-sandbox'
  frame.srcdoc = '<base target="_blank">' + html
  return frame
}

function text(body) {
  const pre = make('pre', {})
  for (const part of body.split(/(https?:[^\\s<>"]+)/)) {
    pre.append(/^https?:/.test(part) ? make('a', { href: part, target: '_blank', rel: 'noreferrer', textContent: part }) : part)
  }
  return pre
}

function close() {
  openId = null
  document.body.classList.remove('reading')
  view.replaceChildren(empty('Choose a mail to read it.'))
  refresh()
}

document.getElementById('search').onsubmit = (event) => { event.preventDefault(); refresh() }
query.oninput = refresh
document.getElementById('clear').onclick = async () => {
  if (!confirm('Delete all mails in this mailbox?')) return
  await fetch('/api/v1/messages', { method: 'DELETE' })
  close()
}
close()
setInterval(() => document.hidden || refresh(), 2000)
`

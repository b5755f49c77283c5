import { mailboxStyle } from '../local/mailbox/mailbox-style.ts'
import type { MailPreviews } from './mail.ts'

/** One page with every mail in every language; no outside resource but the project's own logo. */
export function previewPage(previews: MailPreviews, productName: string): string {
  // "<" inside the data could end the script element.
  const data = JSON.stringify(previews).replaceAll('<', '\\u003c')
  const title = `Mails of ${escapeText(productName)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${mailboxStyle}${previewStyle}</style>
</head>
<body>
<header>
  <h1>${title}</h1>
  <p class="muted">As they would be sent, with made-up names.</p>
  <div class="choices">
    <label>Language <select id="locale"></select></label>
    <label>Width <select id="width"><option value="640">Desktop</option><option value="360">Phone</option></select></label>
    <label>Theme <select id="theme"><option value="">System</option><option>light</option><option>dark</option></select></label>
    <label>As <select id="kind"><option value="html">HTML</option><option value="text">Plain text</option></select></label>
  </div>
</header>
<main>
  <nav aria-label="Mails"><ul id="list"></ul></nav>
  <article id="mail" aria-live="polite"></article>
</main>
<script type="application/json" id="data">${data}</script>
<script>${previewScript}</script>
</body>
</html>
`
}

const previewStyle = `
.choices { margin-left: auto; display: flex; flex-wrap: wrap; gap: 8px 16px; }
.choices label { display: flex; align-items: center; gap: 8px; font-size: 14px; color: var(--muted); }
select { font: inherit; color: var(--text); min-height: 40px; border: 1px solid var(--border);
  border-radius: var(--radius); background: var(--surface); padding: 0 8px; }
.stage { flex: 1; display: flex; justify-content: center; min-height: 480px; }
.stage iframe { flex: none; max-width: 100%; }
@media (max-width: 720px) {
  .choices { margin-left: 0; }
  main { grid-template-rows: auto 1fr; overflow-y: auto; }
  nav { max-height: 32dvh; border-bottom: 1px solid var(--border); }
  body:not(.reading) article { display: flex; }
}
`

const previewScript = `
const { from, locales, data } = JSON.parse(document.getElementById('data').textContent)
const by = (id) => document.getElementById(id)
const names = new Intl.DisplayNames('en', { type: 'language' })
let template = decodeURIComponent(location.hash.slice(1)) || data[0].template

function make(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props)
  element.append(...children)
  return element
}
for (const { locale, isOffered } of locales) {
  const label = names.of(locale) + (isOffered ? '' : ' (not in locales)')
  by('locale').append(make('option', { value: locale, textContent: label }))
}

function draw() {
  const shown = data.filter((mail) => mail.locale === by('locale').value)
  by('list').replaceChildren(...shown.map((mail) => {
    const words = mail.template.replaceAll('-', ' ')
    const button = make('button', { type: 'button', onclick: () => { template = mail.template; location.hash = template; draw() } },
      make('div', { className: 'row' }, make('span', { textContent: words }), make('span', { textContent: mail.isOwn ? 'your words' : '' })),
      make('span', { className: 'subject', textContent: mail.subject, title: mail.subject }))
    if (mail.template === template) button.setAttribute('aria-current', 'true')
    return make('li', {}, button)
  }))
  const mail = shown.find((one) => one.template === template) ?? shown[0]
  const head = make('div', { className: 'head' },
    make('h2', { textContent: mail.subject }),
    make('p', { className: 'muted', textContent: 'From ' + from }))
  by('mail').replaceChildren(head, by('kind').value === 'text' ? make('pre', { textContent: mail.text }) : stage(mail.html))
}

function stage(html) {
  const frame = make('iframe', { title: 'The mail' })
  frame.sandbox = ''
  frame.style.width = by('width').value + 'px'
  // A frame follows the colour scheme of the element that holds it, so a theme can be tried out.
  const theme = by('theme').value
  if (theme) frame.style.colorScheme = theme
  frame.srcdoc = html
  return make('div', { className: 'stage' }, frame)
}

for (const id of ['locale', 'width', 'theme', 'kind']) by(id).onchange = draw
draw()
`

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

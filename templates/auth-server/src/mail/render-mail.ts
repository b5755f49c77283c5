import type { MailContent } from './mail-content.ts'
import { languageOf, wordsOf } from './words/words-of.ts'

export interface MailLook {
  name: string
  /** `#rrggbb` of the button. */
  primaryColor: string
  /** Of the button and the frame; 8px when it is not given. */
  radius?: string
  /** Shown in place of the name when it is a picture that mail programs draw, at an https address. */
  logo?: { src: string; alt: string } | null
  /** Language of the mail; English when it is not given. */
  locale?: string
}

/** The mail as plain text: everything the HTML says, in the same order. */
export function renderText(content: MailContent, look: MailLook): string {
  const blocks = [content.heading, ...content.paragraphs]
  if (content.action) blocks.push(`${content.action.label}:\n${content.action.url}`)
  blocks.push(`--\n${content.reason}\n${wordsOf(look.locale ?? 'en').sentBy(look.name)}`)
  return `${blocks.join('\n\n')}\n`
}

const font = `-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`

/**
 * One column of 560 px, system font, a button and its bare link below. Styles are inline and the frame
 * is a table, because that is what mail programs can draw. Dark mode by `color-scheme` and a media
 * query, where the program knows them. Nothing tells us that the mail was opened: no picture but the
 * logo, whose address is the same for everybody.
 */
export function renderHtml(content: MailContent, look: MailLook): string {
  const locale = look.locale ?? 'en'
  const paragraphs = content.paragraphs
    .map((text, index) => {
      const isLast = index === content.paragraphs.length - 1 && !content.action
      return `<p class="as-text" style="margin:0 0 ${isLast ? 0 : 16}px">${escapeHtml(text)}</p>`
    })
    .join('\n')
  return `<!doctype html>
<html lang="${escapeHtml(languageOf(locale))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(content.subject)}</title>
<style>
:root { color-scheme: light dark }
@media (max-width: 480px) {
  .as-frame { padding: 16px 12px !important }
  .as-card { padding: 24px 20px !important }
  .as-button { display: block !important; text-align: center !important }
}
@media (prefers-color-scheme: dark) {
  .as-page { background: #0b0d12 !important }
  .as-card { background: #14171f !important; border-color: #2a2f3a !important }
  .as-head, .as-text { color: #e7e9ee !important }
  .as-muted, .as-muted a { color: #9aa1ae !important }
}
</style>
</head>
<body class="as-page" style="margin:0;padding:0;background:#f6f7f9">
${preheader(content)}
<table role="presentation" class="as-page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f7f9">
<tr><td class="as-frame" align="center" style="padding:32px 16px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px;text-align:left;font-family:${font}">
<tr><td class="as-head" style="padding:0 0 16px;font-size:15px;line-height:1.5;font-weight:600;color:#14171f">${brand(look)}</td></tr>
<tr><td class="as-card" style="padding:32px;background:#ffffff;border:1px solid #e3e6eb;border-radius:${look.radius ?? '8px'};font-size:15px;line-height:1.6;color:#14171f;overflow-wrap:anywhere;word-break:break-word">
<h1 class="as-head" style="margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600;color:#14171f">${escapeHtml(content.heading)}</h1>
${paragraphs}
${content.action ? actionHtml(content.action, look, locale) : ''}
</td></tr>
<tr><td class="as-muted" style="padding:16px 0 0;font-size:13px;line-height:1.5;color:#5b6472">${escapeHtml(content.reason)}<br>${escapeHtml(wordsOf(locale).sentBy(look.name))}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

/** What the list of mails shows after the subject; without it, that would be the product's name again. */
function preheader({ paragraphs }: MailContent): string {
  const text = escapeHtml(paragraphs[0] ?? '')
  return `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all" aria-hidden="true">${text}</div>`
}

/** Pictures that mail programs draw; an SVG, or a path on the pages, would be a broken frame. */
function brand({ name, logo }: MailLook): string {
  if (!logo || !/^https:\/\/[^?#]+\.(png|jpe?g|gif|webp)$/i.test(logo.src)) return escapeHtml(name)
  const [src, alt] = [escapeHtml(logo.src), escapeHtml(logo.alt || name)]
  return `<img src="${src}" alt="${alt}" height="32" style="display:block;height:32px;max-width:240px;border:0;font-size:15px;font-weight:600">`
}

function actionHtml(
  action: { label: string; url: string },
  look: MailLook,
  locale: string,
): string {
  const url = escapeHtml(action.url)
  const color = look.primaryColor
  return `<p style="margin:24px 0"><a class="as-button" href="${url}" style="display:inline-block;padding:11px 20px;background:${color};color:${contrastOf(color)};border-radius:${look.radius ?? '8px'};font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p class="as-muted" style="margin:0;font-size:13px;line-height:1.5;color:#5b6472">${escapeHtml(wordsOf(locale).orOpen)}<br><a href="${url}" style="color:#5b6472;word-break:break-all">${url}</a></p>`
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
export function contrastOf(hex: string): '#000000' | '#ffffff' {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

/** An organization's name is anybody's text: in a mail it must stay text. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

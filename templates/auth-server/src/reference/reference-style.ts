/** The look of the hosted pages in one small sheet. Its hash is in the page's policy. */
export const REFERENCE_STYLE = `
:root {
  color-scheme: light dark;
  --background: light-dark(#fafafa, #0c0c0f);
  --surface: light-dark(#ffffff, #16161a);
  --border: light-dark(#e4e4e9, #2c2c34);
  --control: light-dark(#8b8b97, #6b6b78);
  --text: light-dark(#18181b, #f4f4f6);
  --muted: light-dark(#5d5d68, #a3a3b0);
  --accent: light-dark(#4338ca, #a5b4fc);
  --get: light-dark(#1d4ed8, #93c5fd);
  --post: light-dark(#166534, #86efac);
  --change: light-dark(#92400e, #fcd34d);
  --delete: light-dark(#b91c1c, #fca5a5);
  --code: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
[data-theme='light'] { color-scheme: light }
[data-theme='dark'] { color-scheme: dark }
* { box-sizing: border-box }
html { background: var(--background); -webkit-text-size-adjust: 100%; scroll-padding-top: 16px }
body { margin: 0 auto; background: var(--background); max-width: 1120px; padding: 32px 24px 96px; color: var(--text); font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif }
h1 { margin: 0 0 4px; font-size: 22px; line-height: 28px; font-weight: 650; letter-spacing: -0.012em; overflow-wrap: anywhere }
h2 { margin: 0 0 12px; font-size: 16px; line-height: 24px; font-weight: 600 }
h4 { margin: 0 0 6px; font-size: 13px; font-weight: 600; color: var(--muted) }
p { margin: 0 }
header p { color: var(--muted); max-width: 68ch }
code { font: 0.9em/1.5 var(--code); overflow-wrap: anywhere }
a { color: var(--accent); text-underline-offset: 2px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
[hidden] { display: none !important }
.skip { position: absolute; inset-inline-start: -9999px }
.skip:focus { inset-inline-start: 24px; top: 8px }
.columns { display: grid; grid-template-columns: 208px minmax(0, 1fr); gap: 40px; margin-top: 32px }
nav { position: sticky; top: 24px; align-self: start; max-height: calc(100vh - 48px); overflow-y: auto }
nav ul { list-style: none; margin: 0; padding: 0 }
nav li { display: flex; justify-content: space-between; align-items: center }
nav a { display: block; flex: 1; padding: 5px 0; color: var(--text); text-decoration: none }
nav a:hover { color: var(--accent); text-decoration: underline }
.count { color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums }
main { outline: none; min-width: 0 }
.search { display: flex; align-items: center; gap: 12px; margin-bottom: 24px }
.search label { font-weight: 500 }
.search input { flex: 1; min-width: 0; height: 40px; padding: 0 12px; font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--control); border-radius: 8px }
.search input::placeholder { color: var(--muted); opacity: 1 }
.group { margin-bottom: 32px }
.operation { background: var(--surface); border: 1px solid var(--border); margin-top: -1px }
.operation:first-of-type { border-radius: 8px 8px 0 0 }
.operation:last-of-type { border-radius: 0 0 8px 8px }
.operation:only-of-type { border-radius: 8px }
summary { display: grid; grid-template-columns: 64px minmax(0, 1fr) minmax(0, 1fr); gap: 2px 12px; align-items: baseline; padding: 10px 16px; cursor: pointer; list-style: none }
summary::-webkit-details-marker { display: none }
summary:hover { background: light-dark(#f4f4f6, #1d1d23) }
summary .summary { color: var(--muted) }
.method { font: 600 12px/1.5 var(--code); letter-spacing: 0.02em }
.get { color: var(--get) } .post { color: var(--post) } .patch, .put { color: var(--change) } .delete { color: var(--delete) }
.inside { padding: 4px 16px 20px; border-top: 1px solid var(--border) }
.inside section { margin-top: 20px }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 12px 0 0 }
.facts dt { color: var(--muted) } .facts dd { margin: 0; overflow-wrap: anywhere }
.shape { list-style: none; margin: 0; padding: 0 }
.shape .shape { margin: 4px 0 4px 2px; padding-inline-start: 14px; border-inline-start: 1px solid var(--border) }
.shape li { padding: 2px 0; overflow-wrap: anywhere }
.name { font-weight: 600 }
.type { color: var(--muted) }
.optional { font-size: 12px; color: var(--muted); border: 1px solid var(--border); border-radius: 6px; padding: 0 6px }
.note { display: block; color: var(--muted); font-size: 14px }
.problems { list-style: none; margin: 0; padding: 0 }
.problems li { display: grid; grid-template-columns: 40px minmax(0, 1fr); padding: 1px 0; overflow-wrap: anywhere }
.status { font: 13px/1.7 var(--code); color: var(--muted) }
@media (max-width: 760px) {
  body { padding: 24px 16px 64px }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 24px; margin-top: 24px }
  nav { position: static; max-height: none }
  nav ul { display: flex; flex-wrap: wrap; gap: 0 16px }
  nav li { gap: 6px }
  nav a { padding: 8px 0 }
  summary { grid-template-columns: 56px minmax(0, 1fr) }
  summary .summary { grid-column: 2 }
}
`

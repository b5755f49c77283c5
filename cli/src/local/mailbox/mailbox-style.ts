/** Tokens of LOOK.md, for the mailbox page. */
export const mailboxStyle = `
:root {
  color-scheme: light dark;
  --primary: #4f46e5;
  --background: light-dark(#f7f7f8, #111113);
  --surface: light-dark(#ffffff, #19191c);
  --border: light-dark(#e3e3e8, #2c2c32);
  --text: light-dark(#1c1c21, #ededf0);
  --muted: light-dark(#62626d, #a0a0ab);
  --accent-text: light-dark(#4338ca, #a5b4fc);
  --radius: 8px;
}
* { box-sizing: border-box; }
body { margin: 0; height: 100dvh; display: flex; flex-direction: column; background: var(--background);
  color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.muted { color: var(--muted); margin: 0; }
header { display: flex; align-items: center; gap: 16px; padding: 12px 20px; background: var(--surface);
  border-bottom: 1px solid var(--border); flex-wrap: wrap; }
h1 { font-size: 17px; margin: 0; }
header a { color: var(--accent-text); font-size: 14px; }
header form { margin-left: auto; flex: 0 1 280px; }
input, button { font: inherit; color: inherit; min-height: 40px; border: 1px solid var(--border);
  border-radius: var(--radius); background: var(--surface); padding: 0 12px; }
input { width: 100%; }
input::placeholder { color: var(--muted); }
button { cursor: pointer; }
button:hover { border-color: var(--muted); }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: 340px 1fr; }
nav { overflow-y: auto; border-right: 1px solid var(--border); background: var(--surface); }
ul { list-style: none; margin: 0; padding: 0; }
li button { display: block; width: 100%; text-align: left; border: 0; border-radius: 0; padding: 12px 20px;
  border-bottom: 1px solid var(--border); border-left: 3px solid transparent; }
li button:hover { background: var(--background); }
li button[aria-current] { border-left-color: var(--primary); background: var(--background); }
li .row { display: flex; justify-content: space-between; gap: 12px; font-size: 13px; color: var(--muted); }
li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; display: block; }
li .subject { font-weight: 400; }
li .unread .subject { font-weight: 600; }
li .snippet { font-size: 13px; color: var(--muted); }
time { flex: none; }
article { min-width: 0; display: flex; flex-direction: column; overflow: auto; }
article h2 { font-size: 20px; margin: 0 0 4px; overflow-wrap: anywhere; }
.head { padding: 20px; border-bottom: 1px solid var(--border); background: var(--surface); }
.head p { font-size: 14px; overflow-wrap: anywhere; }
.tabs { display: flex; gap: 8px; margin-top: 12px; }
.tabs button { min-height: 32px; font-size: 14px; }
.tabs button[aria-pressed="true"] { border-color: var(--primary); color: var(--accent-text); }
iframe { flex: 1; border: 0; width: 100%; min-height: 360px; background: #fff; }
pre { margin: 0; padding: 20px; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 14px/1.6 ui-monospace, SFMono-Regular, Menlo, monospace; }
pre a { color: var(--accent-text); }
.empty { margin: auto; padding: 40px 20px; text-align: center; max-width: 400px; }
#back { display: none; margin-bottom: 12px; }
@media (max-width: 720px) {
  header form { margin-left: 0; flex: 1 1 100%; order: 3; }
  header p { display: none; }
  #clear { margin-left: auto; }
  main { grid-template-columns: 1fr; }
  nav { border-right: 0; }
  body.reading nav { display: none; }
  body:not(.reading) article { display: none; }
  #back { display: inline-block; }
}
`

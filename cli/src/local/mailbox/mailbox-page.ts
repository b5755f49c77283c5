import { mailboxScript } from './mailbox-script.ts'
import { mailboxStyle } from './mailbox-style.ts'

/** The mailbox's one page: a list beside the opened mail; no outside resource. */
export const mailboxPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mailbox</title>
<link rel="icon" href="data:,">
<style>${mailboxStyle}</style>
</head>
<body>
<header>
  <h1>Mailbox</h1>
  <p class="muted">Every mail this instance sends stays here.</p>
  <a href="/previews">All mails</a>
  <form role="search" id="search">
    <label class="hidden" for="query">Search mails</label>
    <input id="query" type="search" placeholder="Search mails" autocomplete="off">
  </form>
  <button id="clear" type="button">Delete all</button>
</header>
<main>
  <nav aria-label="Mails"><ul id="list"></ul></nav>
  <article id="mail" aria-live="polite"></article>
</main>
<script>${mailboxScript}</script>
</body>
</html>
`

import { relative } from 'node:path'
import { accent, bold, dim, say } from '../lib/terminal.ts'
import type { Demo } from './demo.ts'

/** Says what exists now and the one next command; with `json` the last line is the answer as one object. */
export function printDemo(demo: Demo, { json }: { json: boolean }): void {
  say()
  for (const [title, address] of addresses(demo)) {
    say(`  ${title.padEnd(14)}${accent(address)}`)
  }
  say()
  say(`  ${bold('Sign in as'.padEnd(19))}${bold('Password'.padEnd(28))}${bold('Organizations')}`)
  for (const user of demo.users) {
    const places = user.organizations.map(({ slug, role }) => `${slug} ${dim(`(${role})`)}`)
    say(`  ${user.email.padEnd(19)}${user.password.padEnd(28)}${places.join(', ')}`)
  }
  say()
  say(`  ${dim('Project')}  ${asTyped(demo.project)}`)
  say(`  ${dim('End it')}   bin/demo stop`)
  if (json) process.stdout.write(`${JSON.stringify(demo)}\n`)
}

function addresses(demo: Demo): [string, string][] {
  return [
    ['Sample app', demo.app],
    ['Sign-in page', `${demo.pages}/login`],
    ['API', demo.api],
    ['Mailbox', demo.mailbox],
  ]
}

/** The folder as one would type it here: short when it lies below. */
function asTyped(folder: string): string {
  const short = relative(process.cwd(), folder)
  return short.startsWith('..') ? folder : short || '.'
}

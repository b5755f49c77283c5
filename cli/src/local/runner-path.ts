import { fileURLToPath } from 'node:url'

/** A runner of ours as a file for `node`: `.ts` when the CLI runs from source, `.js` when built. */
export function runnerPath(name: 'front/run-front' | 'mailbox/run-mailbox'): string {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  return fileURLToPath(new URL(`./${name}${extension}`, import.meta.url))
}

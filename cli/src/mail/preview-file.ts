import { join } from 'node:path'
import type { StatePaths } from '../state/state-paths.ts'

/** Where the mailbox finds the page that it shows at /previews. */
export function previewFile(paths: Pick<StatePaths, 'folder'>): string {
  return join(paths.folder, 'mail-previews.html')
}

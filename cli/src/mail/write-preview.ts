import { writeAtomic } from '../machine/write-atomic.ts'
import type { OperatorClient } from '../operator/operator-client.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { previewMails } from './mail.ts'
import { previewFile } from './preview-file.ts'
import { previewPage } from './preview-page.ts'

/** Writes the page of all mails, as the live server composes them; gives its path. */
export async function writePreview(
  operator: OperatorClient,
  paths: StatePaths,
  productName: string,
): Promise<string> {
  const path = previewFile(paths)
  writeAtomic(path, previewPage(await previewMails(operator), productName))
  return path
}

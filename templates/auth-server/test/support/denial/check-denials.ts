import type { Ask } from './ask.ts'
import type { Denial } from './denials.ts'
import type { DocumentedRoute } from './routes-of-document.ts'
import { difference } from './same-answer.ts'

/** Sends every row; one sentence for each that was not refused as it must be. */
export async function checkDenials(
  ask: Ask,
  route: DocumentedRoute,
  denials: Denial[],
): Promise<string[]> {
  const faults: string[] = []
  for (const { name, status, code, path, asking, twin } of denials) {
    const answer = await ask(route.method, path, asking)
    const wrong = (what: string) => faults.push(`${route.method} ${route.path}, ${name}: ${what}`)
    if (answer.status !== status || (code !== '' && answer.body?.code !== code)) {
      wrong(`${answer.status} ${answer.text.slice(0, 300)} instead of ${status} ${code}`)
      continue
    }
    if (!route.statuses.includes(answer.status)) wrong(`the document knows no ${answer.status}`)
    if (!twin) continue
    const other = await ask(route.method, twin.path, twin.asking)
    const told = difference(answer, other)
    if (told) wrong(`can be told from what does not exist: ${told}`)
  }
  return faults
}

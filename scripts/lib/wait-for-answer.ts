import { setTimeout as sleep } from 'node:timers/promises'

const pollMilliseconds = 200

/** True once `url` answers with any status below 500 within the time; false when it never did. */
export async function waitForAnswer(url: string, timeoutSeconds: number): Promise<boolean> {
  const deadline = Date.now() + timeoutSeconds * 1000
  while (Date.now() < deadline) {
    if (await answers(url)) return true
    await sleep(pollMilliseconds)
  }
  return false
}

/** True when `url` answers now with a status below 500. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3000) })
    await response.body?.cancel()
    return response.status < 500
  } catch {
    return false
  }
}

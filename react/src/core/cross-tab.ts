import type { HeldToken } from './core.ts'
import type { SessionAnswer } from './types.ts'

/** What tabs of one origin tell each other. Never leaves the browser. */
export type TabMessage =
  | { type: 'signed-in' }
  | { type: 'signed-out' }
  | { type: 'refreshed'; organizationId: string | null; answer: SessionAnswer; held: HeldToken }

export interface CrossTab {
  post(message: TabMessage): void
  close(): void
}

export function openCrossTab(name: string, receive: (message: TabMessage) => void): CrossTab {
  if (typeof window === 'undefined' || typeof BroadcastChannel === 'undefined') {
    return { post: () => {}, close: () => {} }
  }
  const channel = new BroadcastChannel(name)
  channel.onmessage = (event: MessageEvent<TabMessage>) => receive(event.data)
  return { post: (message) => channel.postMessage(message), close: () => channel.close() }
}

import type { Member, MemberStore } from './member-store.ts'

/** Reads all members of an organization from the instance; null when there is no such organization now. */
export type ReadMembers = (organizationId: string) => Promise<Member[] | null>

export interface MemberSync {
  /** Resolves when a reading that began after this call is in the table. */
  sync(organizationId: string, webhookId: string): Promise<void>
}

interface Waiting {
  webhookIds: string[]
  done: Promise<void>
}

/**
 * Brings the table in step with the instance, one organization at a time. A webhook says only *that*
 * something changed; what is true is read. So it does not matter in which order webhooks come, whether
 * one comes twice, or whether one was lost before the next.
 */
export function createMemberSync(store: MemberStore, readMembers: ReadMembers): MemberSync {
  const running = new Map<string, Promise<void>>()
  const waiting = new Map<string, Waiting>()

  async function run(organizationId: string, before: Promise<void> | undefined, own: Waiting) {
    // Two readings side by side could be written in the wrong order.
    await before?.catch(() => {})
    // Whoever comes from here on needs a reading that begins later.
    waiting.delete(organizationId)
    const members = await readMembers(organizationId)
    store.replace(organizationId, members ?? [], own.webhookIds)
  }

  return {
    sync(organizationId, webhookId) {
      const next = waiting.get(organizationId)
      if (next) {
        // A hundred changes at once are one reading.
        next.webhookIds.push(webhookId)
        return next.done
      }
      const own: Waiting = { webhookIds: [webhookId], done: Promise.resolve() }
      waiting.set(organizationId, own)
      own.done = run(organizationId, running.get(organizationId), own).finally(() => {
        if (running.get(organizationId) === own.done) running.delete(organizationId)
      })
      running.set(organizationId, own.done)
      return own.done
    },
  }
}

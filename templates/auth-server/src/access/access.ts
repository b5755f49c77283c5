import { hash } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { findLiveSession } from '../auth/find-live-session.ts'
import type { AccessFeed, AccessListener } from '../db/access-feed.ts'
import { type Mode, modes } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { LiveSession } from '../http/context.ts'
import type { Keycloak } from '../keycloak/keycloak.ts'
import { type ApiKey, isUsable } from '../keys/api-key.ts'
import { findKey } from '../keys/find-key.ts'
import { modeOfKey, parseMachineKey } from '../keys/key-format.ts'
import { findMachineKey, type MachineKey } from '../machine-keys/find-machine-key.ts'
import { findMembership } from '../members/find-membership.ts'
import type { Membership } from '../members/membership.ts'
import type { Settings } from '../settings.ts'
import { deepFreeze } from './deep-freeze.ts'
import { type Eventually, whenThere } from './eventually.ts'
import { GroupedCache } from './grouped-cache.ts'
import { TokenMemory } from './token-memory.ts'

/** A token that its realm signed for the audience it was asked for. */
export interface VerifiedToken {
  userId: string
  sessionId: string
  organizationId: string | null
  claims: JWTPayload
}

/**
 * Who may do what, remembered in this process. What is revoked here is refused at the next request of
 * this process, within 250 ms in another one, and within 2 s in one whose listening connection is cut.
 * "No" is never remembered. Each mode has its own memory: a flood with a public test key pushes out
 * nothing of live mode. Everything given out is frozen, since requests share it. What is remembered is
 * answered at once, without a promise.
 */
export interface Access {
  /** The usable key that was sent; null when it is malformed, unknown, revoked or expired. */
  key(sent: string): Eventually<ApiKey | null>
  /** The session, if it is alive and its person is not switched off. */
  session(mode: Mode, sessionId: string): Eventually<LiveSession | null>
  /** The person's active membership in an active organization. */
  membership(mode: Mode, userId: string, organizationId: string): Eventually<Membership | null>
  /** A usable key of an active organization's machine; null for any other text. */
  machineKey(sent: string): Eventually<MachineKey | null>
  /** A token that was verified before and has not expired; null says nothing about the token. */
  knownToken(mode: Mode, token: string, audience: string): VerifiedToken | null
  /** As `tokens.verify`, and remembered until the token expires. */
  verifyToken(mode: Mode, token: string, audience: string): Eventually<VerifiedToken | null>
  /** Calls back when a key was made, changed or revoked, or when that may have been missed. */
  onKeysChanged(callBack: () => void): void
  /** For `/metrics`. */
  report(): AccessReport[]
  stop(): Promise<void>
}

export interface AccessReport {
  mode: Mode
  cache: string
  entries: number
  hits: number
  misses: number
}

/** While the feed is heard, entries age only in case somebody writes past the triggers. */
const HEARD_AGE_MILLISECONDS = 60_000
const UNHEARD_AGE_MILLISECONDS = 1_000
/** The feed answers every 0.3 s; after this long it is not taken for alive any more. */
const HEARD_WITHIN_MILLISECONDS = 1_500

const SIZES: Record<Mode, { keys: number; entries: number }> = {
  live: { keys: 2_000, entries: 20_000 },
  test: { keys: 500, entries: 4_000 },
}

interface Needs {
  db: Database
  settings: Settings
  keycloak: Pick<Keycloak, 'tokens'>
}

export function openAccess(needs: Needs): Access {
  const memories = { live: new Memory(needs, 'live'), test: new Memory(needs, 'test') }
  return {
    key: (sent) =>
      whenThere(memories[modeOfKey(sent)].key(sent), (key) => (key && isUsable(key) ? key : null)),
    session: (mode, sessionId) => memories[mode].session(sessionId),
    membership: (mode, userId, organizationId) => memories[mode].membership(userId, organizationId),
    machineKey(sent) {
      const parsed = parseMachineKey(sent)
      return parsed && memories[parsed.mode].machineKey(sent)
    },
    knownToken: (mode, token, audience) => memories[mode].knownToken(token, audience),
    verifyToken: (mode, token, audience) => memories[mode].verifyToken(token, audience),
    onKeysChanged(callBack) {
      for (const mode of modes) memories[mode].keyListeners.push(callBack)
    },
    report: () => modes.flatMap((mode) => memories[mode].report()),
    async stop() {
      await Promise.all(modes.map((mode) => memories[mode].feed.stop()))
    },
  }
}

/** What is remembered of one mode. */
class Memory implements AccessListener {
  readonly feed: AccessFeed
  readonly keyListeners: (() => void)[] = []
  readonly #needs: Needs
  readonly #mode: Mode
  readonly #keys: GroupedCache<ApiKey>
  readonly #tokens: TokenMemory
  readonly #sessions: GroupedCache<LiveSession>
  readonly #memberships: GroupedCache<Membership>
  readonly #machineKeys: GroupedCache<MachineKey>

  constructor(needs: Needs, mode: Mode) {
    this.#needs = needs
    this.#mode = mode
    const { keys, entries: max } = SIZES[mode]
    const ageMax = (now: number) => this.#ageMax(now)
    this.#keys = new GroupedCache({ max: keys, ageMax, groupOf: (key) => key.id })
    this.#sessions = new GroupedCache({ max, ageMax, groupOf: (session) => session.userId })
    this.#memberships = new GroupedCache({
      max,
      ageMax,
      groupOf: ({ organization }) => organization.id,
    })
    this.#machineKeys = new GroupedCache({
      max: keys,
      ageMax,
      groupOf: ({ organization }) => organization.id,
    })
    this.#tokens = new TokenMemory(max)
    this.feed = needs.db.accessFeed(mode, this)
  }

  key(sent: string): Eventually<ApiKey | null> {
    // By its hash: a heap dump of this process must not be a list of secret keys. A publishable key is
    // in every page, and spares itself that.
    return this.#keys.get(sent.startsWith('ask_') ? sent : digest(sent), async () => {
      const key = await findKey(this.#needs.db, sent)
      return key && deepFreeze(key)
    })
  }

  session(sessionId: string): Eventually<LiveSession | null> {
    const session = this.#sessions.get(sessionId, async () => {
      const found = await findLiveSession(this.#needs.db, this.#mode, sessionId)
      return found && deepFreeze(found)
    })
    return whenThere(session, unlessExpired)
  }

  membership(userId: string, organizationId: string): Eventually<Membership | null> {
    return this.#memberships.get(memberKey(organizationId, userId), async () => {
      const found = await findMembership(this.#needs, this.#mode, userId, organizationId)
      return found && deepFreeze(found)
    })
  }

  machineKey(sent: string): Eventually<MachineKey | null> {
    const key = this.#machineKeys.get(digest(sent), async () => {
      const key = await findMachineKey(this.#needs, this.#mode, sent)
      return key && deepFreeze(key)
    })
    return whenThere(key, unlessExpired)
  }

  knownToken(token: string, audience: string): VerifiedToken | null {
    return this.#tokens.known(token, audience)
  }

  verifyToken(token: string, audience: string): Eventually<VerifiedToken | null> {
    const known = this.knownToken(token, audience)
    if (known) return known
    return this.#tokens.verify(token, audience, async () => {
      const { tokens } = this.#needs.keycloak
      const claimed = tokens.peek(this.#mode, token)
      const claims = claimed && (await tokens.verify(this.#mode, token, audience))
      if (!claimed || !claims) return null
      const { userId, sessionId, organizationId } = claimed
      return deepFreeze({ userId, sessionId, organizationId, claims })
    })
  }

  changed(payload: string): void {
    const [kind, first = '', second = ''] = payload.split(' ')
    switch (kind) {
      case 'key':
        this.#keys.forgetGroup(first)
        this.#tellKeysChanged()
        return
      case 'session':
        this.#sessions.forget(first)
        return
      case 'user':
        this.#sessions.forgetGroup(first)
        return
      case 'member':
        this.#memberships.forget(memberKey(first, second))
        return
      case 'organization':
        this.#memberships.forgetGroup(first)
        this.#machineKeys.forgetGroup(first)
        return
      case 'machine-key':
        this.#machineKeys.forgetGroup(first)
        return
      default:
        // Said by a later version, whose process runs beside this one: it may mean anything.
        this.missed()
    }
  }

  missed(): void {
    this.#keys.forgetAll()
    this.#sessions.forgetAll()
    this.#memberships.forgetAll()
    this.#machineKeys.forgetAll()
    this.#tellKeysChanged()
  }

  report(): AccessReport[] {
    const caches = {
      keys: this.#keys,
      tokens: this.#tokens,
      sessions: this.#sessions,
      memberships: this.#memberships,
      machineKeys: this.#machineKeys,
    }
    return Object.entries(caches).map(([cache, { size: entries, hits, misses }]) => {
      return { mode: this.#mode, cache, entries, hits, misses }
    })
  }

  #tellKeysChanged(): void {
    for (const callBack of this.keyListeners) callBack()
  }

  #ageMax(now: number): number {
    const isHeard = now - this.feed.heardUntil() < HEARD_WITHIN_MILLISECONDS
    return isHeard ? HEARD_AGE_MILLISECONDS : UNHEARD_AGE_MILLISECONDS
  }
}

const memberKey = (organizationId: string, userId: string) => `${organizationId} ${userId}`
const digest = (secret: string) => hash('sha256', secret, 'base64')

function unlessExpired<T extends { expiresAt: Date | null }>(found: T | null): T | null {
  return found && (found.expiresAt === null || found.expiresAt.getTime() > Date.now())
    ? found
    : null
}

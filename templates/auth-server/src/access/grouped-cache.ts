import { LRUCache } from 'lru-cache'
import type { Eventually } from './eventually.ts'

interface Entry<V> {
  value: V
  group: string
  /** `performance.now()` before the question was asked, so that an age is never too small. */
  askedAt: number
}

interface Flight<V> {
  epoch: number
  answer: Promise<V | null>
}

export interface GroupedCacheOptions<V> {
  /** Entries; the one used longest ago goes first. */
  max: number
  /** What an entry is forgotten by, beside its own key: the organization of a membership, say. */
  groupOf(value: V): string
  /** How old an answer may be at `now`, which is this moment, in milliseconds. */
  ageMax(now: number): number
}

/**
 * Remembers what a question was answered with, until it is told that the answer may be another. An
 * answer of "no" is never kept. An answer that was under way while anything was forgotten is given to
 * whoever asked, and not kept: it may be from before the change. Nor is it shared with those who ask
 * after the change.
 */
export class GroupedCache<V extends object> {
  hits = 0
  misses = 0
  readonly #options: GroupedCacheOptions<V>
  readonly #entries: LRUCache<string, Entry<V>>
  readonly #groups = new Map<string, Set<string>>()
  readonly #flights = new Map<string, Flight<V>>()
  #epoch = 0

  constructor(options: GroupedCacheOptions<V>) {
    this.#options = options
    this.#entries = new LRUCache({
      max: options.max,
      dispose: ({ group }, key) => this.#ungroup(group, key),
    })
  }

  get size(): number {
    return this.#entries.size
  }

  get groups(): number {
    return this.#groups.size
  }

  /** The answer as remembered and young enough, or null; asks nobody. */
  peek(key: string): V | null {
    const entry = this.#entries.get(key)
    const now = performance.now()
    if (!entry || now - entry.askedAt > this.#options.ageMax(now)) return null
    this.hits += 1
    return entry.value
  }

  /** The answer as remembered, at once, or by asking. Questions for the same thing at once are asked once. */
  get(key: string, ask: () => Promise<V | null>): Eventually<V | null> {
    return this.peek(key) ?? this.#askOnce(key, ask)
  }

  async #askOnce(key: string, ask: () => Promise<V | null>): Promise<V | null> {
    const flight = this.#flights.get(key)
    if (flight?.epoch === this.#epoch) return flight.answer
    this.misses += 1
    const started: Flight<V> = { epoch: this.#epoch, answer: this.#ask(key, ask) }
    this.#flights.set(key, started)
    try {
      return await started.answer
    } finally {
      if (this.#flights.get(key) === started) this.#flights.delete(key)
    }
  }

  forget(key: string): void {
    this.#epoch += 1
    this.#entries.delete(key)
  }

  forgetGroup(group: string): void {
    this.#epoch += 1
    for (const key of [...(this.#groups.get(group) ?? [])]) this.#entries.delete(key)
  }

  forgetAll(): void {
    this.#epoch += 1
    this.#entries.clear()
  }

  async #ask(key: string, ask: () => Promise<V | null>): Promise<V | null> {
    const epoch = this.#epoch
    const askedAt = performance.now()
    const value = await ask()
    if (value && epoch === this.#epoch) this.#keep(key, value, askedAt)
    return value
  }

  #keep(key: string, value: V, askedAt: number): void {
    const group = this.#options.groupOf(value)
    this.#entries.set(key, { value, group, askedAt })
    const keys = this.#groups.get(group)
    if (keys) keys.add(key)
    else this.#groups.set(group, new Set([key]))
  }

  #ungroup(group: string, key: string): void {
    const keys = this.#groups.get(group)
    keys?.delete(key)
    if (keys?.size === 0) this.#groups.delete(group)
  }
}

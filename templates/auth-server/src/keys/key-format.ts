import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Mode } from '../db/mode.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 8
/** 43 base62 characters hold 256 bits. */
const SECRET_LENGTH = 43
const CHECK_LENGTH = 6
const BODY = '(live|test)_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})'
const KEY = new RegExp(`^(ask|authstack_sec)_${BODY}$`)
const MACHINE_KEY = new RegExp(`^(authstack_org)_${BODY}$`)

export interface ParsedKey {
  isSecret: boolean
  mode: Mode
  id: string
}

/**
 * A new key: `ask_<mode>_<id>_<secret>_<checksum>` for apps, `authstack_sec_<mode>_...` for servers.
 * The checksum lets a secret scanner drop false hits without asking anybody.
 */
export function generateKey(isSecret: boolean, mode: Mode): { id: string; key: string } {
  return generate(isSecret ? 'authstack_sec' : 'ask', mode)
}

/** A new key of an organization's own machine: `authstack_org_<mode>_<id>_<secret>_<checksum>`. */
export function generateMachineKey(mode: Mode): { id: string; key: string } {
  return generate('authstack_org', mode)
}

function generate(prefix: string, mode: Mode): { id: string; key: string } {
  const id = randomBase62(ID_LENGTH)
  const body = `${prefix}_${mode}_${id}_${randomBase62(SECRET_LENGTH)}`
  return { id, key: `${body}_${checksum(body)}` }
}

/** Reads a key's parts when it is well formed and its checksum holds; says nothing about its being known. */
export function parseKey(key: string): ParsedKey | null {
  const parts = read(KEY, key)
  return parts && { isSecret: parts.prefix === 'authstack_sec', mode: parts.mode, id: parts.id }
}

/** As `parseKey`, for the keys of organizations; neither takes the other's. */
export function parseMachineKey(key: string): { mode: Mode; id: string } | null {
  const parts = read(MACHINE_KEY, key)
  return parts && { mode: parts.mode, id: parts.id }
}

function read(shape: RegExp, key: string): { prefix: string; mode: Mode; id: string } | null {
  const parts = shape.exec(key)
  if (!parts) return null
  const [, prefix, mode, id, , check] = parts as unknown as string[]
  if (checksum(key.slice(0, -(CHECK_LENGTH + 1))) !== check) return null
  return { prefix: prefix as string, mode: mode as Mode, id: id as string }
}

/** The mode that a key claims to be of; what is no key at all has any mode. */
export function modeOfKey(key: string): Mode {
  return key.startsWith('ask_test_') || key.startsWith('authstack_sec_test_') ? 'test' : 'live'
}

/** How a key is stored and looked up. It holds 256 random bits, so a plain SHA-256 cannot be searched. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let at = 0; at < CHECK_LENGTH; at++) {
    text = BASE62[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** Uniform: bytes at and above 248 (4 x 62) are dropped, or the first letters would come more often. */
function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += BASE62[byte % 62]
    }
  }
  return text
}

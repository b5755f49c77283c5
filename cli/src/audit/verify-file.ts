import { createHash, createPublicKey, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import canonicalize from 'canonicalize'
import { UserError } from '../errors.ts'
import { type ExportHeader, exportType } from './export-lines.ts'
import type { ExportedLink, Verification } from './trails.ts'

type Fault = Verification['faults'][number]

/** An end of a trail that was seen before: in an earlier export, or in an evidence folder. */
export type KnownHead = { chain: string; seq: number; hash: string }

const faultsMax = 100

/**
 * Checks an export without the instance that it came from: every hash again from the facts, every
 * link to the one before, every signature by the public key. This is code of its own, apart from the
 * server's: what both find whole is whole.
 */
export async function verifyFile(file: string, heads: KnownHead[]): Promise<Verification> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
  let chain: Chain | null = null
  for await (const line of lines) {
    if (line === '') continue
    const value = parse(line, file)
    if (chain) chain.add(value as ExportedLink)
    else chain = openChain(value as ExportHeader, file)
  }
  if (!chain) throw notAnExport(file, 'it is empty')
  return chain.end(heads)
}

type Chain = ReturnType<typeof openChain>

function openChain(header: ExportHeader, file: string) {
  if (header.type !== exportType) throw notAnExport(file, 'its first line is no header of one')
  const key = createPublicKey(header.publicKey)
  const { mode, trail, checkpoint } = header
  const id = trail.id
  const faults: Fault[] = []
  const known = new Map<number, string>()
  let seq = 0
  let hash = sha256(`authstack-audit-v1|${mode}|${id}`)
  let checked = 0
  let isLastSigned = true
  const fault = (kind: string, message: string, link?: ExportedLink) => {
    if (faults.length < faultsMax)
      faults.push({ kind, message, seq: link?.seq ?? null, eventId: link?.event?.id ?? null })
  }
  if (checkpoint) {
    const { signature, ...facts } = checkpoint
    const body = { kind: 'checkpoint', mode, chain: id, ...pick(facts, 'seq', 'hash', 'cutBefore') }
    if (isSigned(key, body, signature)) {
      seq = checkpoint.seq
      hash = checkpoint.hash
      known.set(seq, hash)
    } else
      fault('checkpoint_invalid', `The checkpoint at ${checkpoint.seq} is not signed by the key.`)
  }
  return {
    add(link: ExportedLink): void {
      checked += 1
      known.set(link.seq, link.hash)
      const at = link.seq
      if (at !== seq + 1)
        fault('links_missing', `After ${seq} comes ${at}: what was between is gone.`, link)
      else if (link.previousHash !== hash)
        fault('chain_broken', `${at} does not follow the one before it.`, link)
      if (!link.event) fault('event_missing', `The event at ${at} was deleted.`, link)
      else if (hashOf(id, link) !== link.hash)
        fault('event_edited', `The event at ${at} is not what was recorded.`, link)
      if (link.sealed && sha256(Buffer.from(link.sealed, 'base64')) !== link.sealedHash)
        fault('personal_data_edited', `The sealed personal data at ${at} was changed.`, link)
      const head = { kind: 'head', mode, chain: id, seq: at, hash: link.hash }
      if (link.signature && !isSigned(key, head, link.signature))
        fault('signature_invalid', `The signature at ${at} is not by the key.`, link)
      isLastSigned = link.signature !== null
      seq = at
      hash = link.hash
    },
    end(heads: KnownHead[]): Verification {
      if (!isLastSigned)
        fault('tail_missing', `${seq} is not the end: the end of a trail is signed.`)
      for (const head of heads.filter((one) => one.chain === id)) {
        if (head.seq > seq)
          fault('tail_missing', `The trail once reached ${head.seq} and here ends at ${seq}.`)
        else if (known.has(head.seq) && known.get(head.seq) !== head.hash)
          fault('chain_broken', `${head.seq} had another hash when it was seen before.`)
      }
      const head = seq > 0 ? { seq, hash } : null
      return { trail, isWhole: faults.length === 0, checked, head, faults }
    },
  }
}

function hashOf(chain: string, link: ExportedLink): string {
  const { seq, previousHash, sealedHash, event } = link
  return sha256(String(canonicalize({ v: 1, chain, seq, previousHash, sealedHash, event })))
}

function isSigned(key: KeyObject, value: object, signature: string): boolean {
  const bytes = Buffer.from(String(canonicalize(value)))
  return verifyBytes(null, bytes, key, Buffer.from(signature, 'base64'))
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>
}

function parse(line: string, file: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw notAnExport(file, 'a line of it is no JSON')
  }
}

function notAnExport(file: string, why: string): UserError {
  return new UserError({
    code: 'not_an_export',
    what: `${file} is not an export of an audit trail.`,
    why: `As it stands, ${why}. Only NDJSON can be verified; CSV is for reading.`,
    next: ['authstack audit export --format ndjson --output trail.ndjson'],
  })
}

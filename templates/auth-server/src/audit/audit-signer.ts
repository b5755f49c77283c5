import {
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'
import canonicalize from 'canonicalize'

/** The end of a chain at some moment. Whoever has one of later finds a tail that was cut. */
export interface Head {
  mode: string
  chain: string
  seq: number
  hash: string
}

export interface SignedHead extends Head {
  /** Base64. */
  signature: string
}

/** "What came before this date was cut, up to and with `seq`." The chain goes on from its hash. */
export interface Checkpoint extends Head {
  /** ISO 8601. */
  cutBefore: string
}

export interface AuditSigner {
  /** SPKI, PEM: what auditors check with. */
  publicKey: string
  signHead(head: Head): Buffer
  signCheckpoint(checkpoint: Checkpoint): Buffer
  isHead(head: Head, signature: Buffer): boolean
  isCheckpoint(checkpoint: Checkpoint, signature: Buffer): boolean
}

/** PKCS#8 of an Ed25519 key is this, then its 32 bytes (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Signs heads with an Ed25519 key that comes from the master key, which is a file and never in the
 * database: whoever can write every row still cannot make a chain of their own.
 */
export function openAuditSigner(masterKey: Buffer): AuditSigner {
  const seed = Buffer.from(hkdfSync('sha256', masterKey, 'authstack-audit', 'ed25519', 32))
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey: KeyObject = createPublicKey(key)
  const sign = (value: object) => signBytes(null, Buffer.from(String(canonicalize(value))), key)
  const isSigned = (value: object, signature: Buffer) =>
    verifyBytes(null, Buffer.from(String(canonicalize(value))), publicKey, signature)
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    signHead: (head) => sign(headBody(head)),
    signCheckpoint: (checkpoint) => sign(checkpointBody(checkpoint)),
    isHead: (head, signature) => isSigned(headBody(head), signature),
    isCheckpoint: (checkpoint, signature) => isSigned(checkpointBody(checkpoint), signature),
  }
}

/** `kind` keeps the signature of one from passing for the other. */
const headBody = ({ mode, chain, seq, hash }: Head) => ({ kind: 'head', mode, chain, seq, hash })
const checkpointBody = ({ mode, chain, seq, hash, cutBefore }: Checkpoint) => ({
  kind: 'checkpoint',
  mode,
  chain,
  seq,
  hash,
  cutBefore,
})

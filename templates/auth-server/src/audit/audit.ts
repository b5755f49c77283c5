import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import type { Database } from '../db/open-database.ts'
import type { Env } from '../env.ts'
import { type AuditSigner, openAuditSigner } from './audit-signer.ts'
import { type HeadsFile, openHeadsFile } from './heads-file.ts'

/** What the trail has outside the database: the key that signs its ends, and the file that holds them. */
export interface Audit {
  signer: AuditSigner
  headsFile: HeadsFile
}

export function openAudit(needs: {
  env: Env
  db: Database
  masterKey: Buffer
  log: Logger
}): Audit {
  const { env, db, log } = needs
  const signer = openAuditSigner(needs.masterKey)
  return { signer, headsFile: openHeadsFile({ db, signer, log, folder: folderOf(env) }) }
}

/** Beside the operator socket: a folder of this instance that no request reaches. */
function folderOf({ operatorListen }: Env): string | null {
  if (!operatorListen || !('path' in operatorListen)) return null
  return join(dirname(operatorListen.path), 'audit')
}

import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { AuditSigner } from './audit-signer.ts'
import type { HeadsFile } from './heads-file.ts'
import { listTrails } from './list-trails.ts'
import type { Fault } from './verify-chain.ts'
import { verifyTrail } from './verify-trail.ts'

interface Needs {
  db: Database
  signer: AuditSigner
  headsFile: HeadsFile
}

/** Trails that do not verify, each with what broke. One after the other, so that requests get their turn. */
export async function verifyAll(
  needs: Needs,
  mode: Mode,
): Promise<{ trail: string; faults: Fault[] }[]> {
  const broken = []
  for (const { id } of await listTrails(needs, mode)) {
    const { faults } = await verifyTrail(needs, mode, id)
    if (faults.length > 0) broken.push({ trail: id, faults })
  }
  return broken
}

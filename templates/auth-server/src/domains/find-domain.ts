import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { type DomainRow, domainRows } from './domain-view.ts'

/** One domain of the organization. @throws Problem `not_found` */
export async function findDomain(
  trx: Knex.Transaction,
  organizationId: string,
  domainId: string,
): Promise<DomainRow> {
  const [row] = (await domainRows(trx, organizationId, (domains) =>
    domains.where('d.id', domainId),
  )) as DomainRow[]
  if (!row) throw new Problem('not_found')
  return row
}

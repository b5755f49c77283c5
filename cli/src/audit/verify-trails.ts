import type { OperatorClient } from '../operator/operator-client.ts'
import { exportPage, listTrails, nameOf, type Verification, verifyTrail } from './trails.ts'
import type { KnownHead } from './verify-file.ts'

/**
 * Has the instance check one trail, or every one, and compares with ends that were written down
 * before (an evidence folder), which nobody on the instance could have changed since.
 */
export async function verifyTrails(
  operator: OperatorClient,
  { organization, heads }: { organization?: string; heads: KnownHead[] },
): Promise<Verification[]> {
  if (organization !== undefined) {
    return [await compare(operator, await verifyTrail(operator, organization), heads)]
  }
  const { data } = await listTrails(operator)
  const results: Verification[] = []
  for (const trail of data) {
    const name = nameOf(trail) === 'operators' ? undefined : trail.id
    results.push(await compare(operator, await verifyTrail(operator, name), heads))
  }
  // A trail that was deleted as a whole is on no list; the heads still name it.
  const there = new Set(data.map(({ id }) => id))
  for (const head of heads) if (!there.has(head.chain)) results.push(gone(head))
  return results
}

async function compare(
  operator: OperatorClient,
  result: Verification,
  heads: KnownHead[],
): Promise<Verification> {
  const faults = [...result.faults]
  for (const head of heads.filter(({ chain }) => chain === result.trail.id)) {
    const end = result.head?.seq ?? 0
    if (head.seq > end) {
      faults.push(
        fault('tail_missing', `The trail once reached ${head.seq} and now ends at ${end}.`),
      )
      continue
    }
    const organization = nameOf(result.trail) === 'operators' ? undefined : result.trail.id
    const page = await exportPage(operator, { organization, after: head.seq - 1, limit: 1 })
    const link = page.data.find(({ seq }) => seq === head.seq)
    // Cut by retention since then: the checkpoint goes on from it.
    if (!link && (page.checkpoint?.seq ?? 0) >= head.seq) continue
    if (link?.hash !== head.hash) {
      faults.push(fault('chain_broken', `${head.seq} had another hash when it was written down.`))
    }
  }
  return { ...result, faults, isWhole: faults.length === 0 }
}

function gone(head: KnownHead): Verification {
  return {
    trail: { id: head.chain, organization: null },
    isWhole: false,
    checked: 0,
    head: null,
    faults: [fault('tail_missing', `The trail once reached ${head.seq} and is gone.`)],
  }
}

const fault = (kind: string, message: string) => ({ kind, seq: null, eventId: null, message })

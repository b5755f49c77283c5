import { z } from 'zod'
import { decodeCursor, encodeCursor, pageQuery, pageShape } from '../db/page.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireStripe } from './require-stripe.ts'
import { findSubscription } from './subscription-row.ts'

/** Straight from Stripe, the newest first; empty when nothing was ever paid. */
export const listInvoices = defineAction<MemberContext>()({
  id: 'listInvoices',
  summary: 'List the invoices of an organization',
  problems: ['billing_off'],
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery,
  output: pageShape(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      status: z.string().nullable(),
      /** ISO 4217, lower-case. */
      currency: z.string(),
      /** In the smallest unit of the currency. */
      amountDue: z.number().int(),
      amountPaid: z.number().int(),
      createdAt: z.string(),
      hostedUrl: z.string().nullable(),
      pdfUrl: z.string().nullable(),
    }),
  ),
  async run(context, { query }) {
    const { db, stripe } = requireStripe(context.services)
    const { mode, organizationId } = context
    const row = await db.tenantTransaction(mode, organizationId, (trx) =>
      findSubscription(trx, organizationId),
    )
    if (!row?.customer_id) return { data: [], page: { nextCursor: null, hasMore: false } }
    const after = query.after ? decodeCursor(query.after, [invoiceId])[0] : null
    // Stripe looks for the cursor among the invoices of this customer only.
    const { invoices, hasMore } = await stripe.listInvoices(mode, row.customer_id, {
      limit: query.limit,
      after: after === null ? null : String(after),
    })
    const last = invoices.at(-1)
    return {
      data: invoices.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
      page: { nextCursor: hasMore && last ? encodeCursor([last.id]) : null, hasMore },
    }
  },
})

const invoiceId = z.string().regex(/^in_\w{1,200}$/)

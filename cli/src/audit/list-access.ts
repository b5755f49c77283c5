import type { OperatorClient } from '../operator/operator-client.ts'
import type { OperatorOrganization } from '../orgs/orgs.ts'

type AccessPage = {
  data: { userId: string; email: string | null; role: string; status: string; joinedAt: string }[]
  page: { nextCursor: string | null; hasMore: boolean }
}

/** One CSV line for every membership of every organization: what an access review is made with. */
export async function* listAccess(
  operator: OperatorClient,
  organizations: OperatorOrganization[],
): AsyncGenerator<string> {
  yield 'organization,userId,email,role,status,joinedAt'
  for (const { id, slug } of organizations) {
    let after: string | undefined
    do {
      const { data, page } = await operator
        .call<AccessPage>({ method: 'GET', path: '/access', query: { organization: id, after } })
        .catch(none)
      for (const row of data) {
        const values = [slug, row.userId, row.email ?? '', row.role, row.status, row.joinedAt]
        yield values.map(quote).join(',')
      }
      after = page.nextCursor ?? undefined
    } while (after)
  }
}

/** An organization that is being made has no trail yet, and nobody in it. */
function none(error: { code?: string }): AccessPage {
  if (error.code !== 'not_found') throw error
  return { data: [], page: { nextCursor: null, hasMore: false } }
}

const quote = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

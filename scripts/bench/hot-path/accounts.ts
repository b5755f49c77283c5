import { openApi } from '../../lib/api.ts'
import { asSuperuser, type BenchInstance } from './bench-instance.ts'

/** What somebody signs in with. */
export type Account = { email: string; password: string }

const PASSWORD = 'a storm of sign-ins, 12 at once'

/** People who signed up as anybody does; those of an earlier run are used again. */
export async function stormAccounts(
  instance: BenchInstance,
  url: string,
  count: number,
): Promise<Account[]> {
  const api = openApi(url, instance.nativeKey)
  const accounts = Array.from({ length: count }, (_, n) => ({
    email: `storm-${n}@storm.example.com`,
    password: PASSWORD,
  }))
  for (const body of accounts) await api('POST', 'auth/signup', { body })
  await asSuperuser(instance, 'authstack_live', async (query) => {
    await query(`update users set email_verified_at = now()
      where email like '%@storm.example.com' and email_verified_at is null`)
  })
  return accounts
}

import pg from 'pg'
import { superuserUrl } from './instance.ts'

/**
 * One statement on the instance's live database as superuser: for what a test cannot bring about from
 * outside, such as the passing of ten minutes. Only where the suites run on the instance's machine.
 */
export async function onLiveDatabase(
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const url = new URL(String(superuserUrl()))
  url.pathname = '/authstack_live'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

import type { Knex } from 'knex'

export const kind = 'expand'

/** What the SECURITY DEFINER functions of src/db/definer may read: these columns and no more. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    grant select on organizations, roles, memberships, invitations to authstack_definer;
    grant select (id, email, first_name, last_name, avatar_url, state) on users
      to authstack_definer;
  `)
}

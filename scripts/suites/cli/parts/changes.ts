import type { Project } from './project.ts'

export const newColor = '#0f766e'
export const oldColor = '#4f46e5'

/** What v1.1 of the project changes: theme, throttle, a route of its own, a table of its own. */
export function makeSecondVersion(project: Project): void {
  project.edit('authstack.config.ts', oldColor, newColor)
  project.edit('authstack.config.ts', /attempts: 5/, 'attempts: 2')
  project.write('extensions/migrations/0001_notes.ts', expandMigration)
  project.write('extensions/routes/notes.ts', route)
}

/** A migration after which the version before cannot work. */
export function addContractMigration(project: Project): void {
  project.write('extensions/migrations/0002_drop_mood.ts', contractMigration)
}

/** A server that ends as soon as it starts. Gives back what undoes it. */
export function breakServer(project: Project): () => void {
  const main = project.read('src/main.ts')
  project.write('src/main.ts', `throw new Error('planted by the suite')\n${main}`)
  return () => project.write('src/main.ts', main)
}

const expandMigration = `import type { Knex } from 'knex'

export const kind = 'expand'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(\`
    create table notes (
      id uuid primary key default gen_random_uuid(),
      text text not null,
      mood text
    );
    grant select, insert on notes to authstack_hub;
  \`)
}
`

const contractMigration = `import type { Knex } from 'knex'

export const kind = 'contract'

export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table notes drop column mood')
}
`

const route = `import { z } from 'zod'
import { defineAction, defineRoute, type KeyContext, withKey } from '../../src/extensions.ts'

const keepNote = defineAction<KeyContext>()({
  id: 'keepNote',
  summary: 'Keep a note',
  body: z.strictObject({ text: z.string().min(1).max(200) }),
  status: 201,
  output: z.object({ id: z.string() }),
  async run({ services, mode }, { body }) {
    const notes = services.db.hubQuery(mode)('notes')
    const [row] = await notes.insert({ text: body.text }).returning('id')
    return { id: row.id }
  },
})

/** POST /api/v1/x/notes keeps a note. */
export default defineRoute({
  method: 'POST',
  path: '/api/v1/x/notes',
  who: withKey(),
  action: keepNote,
})
`

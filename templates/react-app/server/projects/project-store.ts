import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** One project of one organization. Times are ISO 8601 in UTC. */
export interface Project {
  id: string
  name: string
  createdBy: string
  createdAt: string
  updatedAt: string
}

/**
 * The only door to this app's database. Every call takes the organization first, and every statement
 * filters by it: there is no way to ask for a project without saying whose it is.
 */
export interface ProjectStore {
  list(organizationId: string): Project[]
  create(organizationId: string, project: { name: string; createdBy: string }): Project
  /** Null when this organization has no such project, whoever else may have it. */
  rename(organizationId: string, projectId: string, name: string): Project | null
  /** False when this organization has no such project. */
  remove(organizationId: string, projectId: string): boolean
  close(): void
}

const columns =
  'id, name, created_by as createdBy, created_at as createdAt, updated_at as updatedAt'

/** Opens (and on the first run creates) the SQLite file; `:memory:` keeps nothing. */
export function openProjectStore(file: string): ProjectStore {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(`
    pragma journal_mode = wal;
    create table if not exists projects (
      organization_id text not null,
      id text not null,
      name text not null,
      created_by text not null,
      created_at text not null,
      updated_at text not null,
      primary key (organization_id, id)
    ) without rowid;
  `)
  const list = database.prepare(
    `select ${columns} from projects where organization_id = ? order by created_at desc, id`,
  )
  const insert = database.prepare('insert into projects values (?, ?, ?, ?, ?, ?)')
  const update = database.prepare(
    `update projects set name = ?, updated_at = ? where organization_id = ? and id = ?
     returning ${columns}`,
  )
  const remove = database.prepare('delete from projects where organization_id = ? and id = ?')

  return {
    list: (organizationId) => list.all(organizationId).map(toProject),
    create(organizationId, { name, createdBy }) {
      const now = new Date().toISOString()
      const project = { id: randomUUID(), name, createdBy, createdAt: now, updatedAt: now }
      insert.run(organizationId, project.id, name, createdBy, now, now)
      return project
    },
    rename(organizationId, projectId, name) {
      const row = update.get(name, new Date().toISOString(), organizationId, projectId)
      return row ? toProject(row) : null
    },
    remove: (organizationId, projectId) => remove.run(organizationId, projectId).changes > 0,
    close: () => database.close(),
  }
}

// SQLite rows have no prototype; a plain copy is what the rest of the app expects.
const toProject = (row: object): Project => ({ ...(row as Project) })

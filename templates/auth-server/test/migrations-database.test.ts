import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Knex } from 'knex'
import { type MigrationFolders, migrateDatabase } from '../src/db/migrate-database.ts'
import { superuserUrl } from './support/instance.ts'
import {
  createScratchDatabase,
  openAsOwner,
  type ScratchDatabase,
} from './support/scratch-database.ts'

const superuser = superuserUrl()
const source = join(import.meta.dirname, '../src/db')

describe('migrations', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let scratch: ScratchDatabase
  let owner: Knex
  let extensions: string
  let own: string
  let folders: MigrationFolders

  before(async () => {
    scratch = await createScratchDatabase(superuser as string)
    owner = openAsOwner(scratch.url)
    extensions = await mkdtemp(join(tmpdir(), 'authstack-extensions-'))
    own = await mkdtemp(join(tmpdir(), 'authstack-own-'))
    folders = { own: join(source, 'migrations'), definer: join(source, 'definer'), extensions }
  })
  after(async () => {
    await owner?.destroy()
    await scratch?.drop()
    for (const folder of [extensions, own]) await rm(folder, { recursive: true, force: true })
  })

  const add = (folder: string, name: string, kind: string, sql: string) =>
    writeFile(
      join(folder, name),
      `export const kind = '${kind}'\nexport const up = (knex) => knex.raw(${JSON.stringify(sql)})\n`,
    )

  test('a plan applies nothing; running it twice applies once', async () => {
    await add(extensions, '0001_projects.ts', 'expand', 'create table ext_projects (id int)')
    const expected = [{ name: '0001_projects.ts', kind: 'expand' }]
    const plan = await migrateDatabase(owner, { planOnly: true, folders })
    assert.deepEqual(plan, { applied: [], pending: expected, barriers: [] })
    assert.equal(await owner.schema.hasTable('ext_projects'), false)
    const first = await migrateDatabase(owner, { folders })
    assert.deepEqual(first, { applied: expected, pending: [], barriers: [] })
    const second = await migrateDatabase(owner, { folders })
    assert.deepEqual(second, { applied: [], pending: [], barriers: [] })
  })

  test('a later migration of ours runs, although theirs with a higher name is already there', async () => {
    await add(own, '0001_ours.ts', 'expand', 'create table ours_later (id int)')
    const report = await migrateDatabase(owner, { folders: { ...folders, own } })
    assert.deepEqual(report.applied, [{ name: '0001_ours.ts', kind: 'expand' }])
  })

  test('an older version, whose folder lacks what is applied, still migrates', async () => {
    const report = await migrateDatabase(owner, { folders })
    assert.deepEqual(report.applied, [])
  })

  test('every contract migration of the version is a barrier, also when it is long applied', async () => {
    await add(extensions, '0002_drop.ts', 'contract', 'alter table ext_projects add name text')
    assert.deepEqual((await migrateDatabase(owner, { folders })).barriers, ['0002_drop.ts'])
    assert.deepEqual((await migrateDatabase(owner, { folders })).barriers, ['0002_drop.ts'])
  })

  test('a migration that fails leaves nothing of itself and is tried again', async () => {
    await add(extensions, '0003_bad.ts', 'expand', 'create table half (id int); select 1/0')
    await assert.rejects(migrateDatabase(owner, { folders }), /division by zero/)
    assert.equal(await owner.schema.hasTable('half'), false)
    await rm(join(extensions, '0003_bad.ts'))
    await add(extensions, '0003_good.ts', 'expand', 'create table half (id int)')
    assert.equal((await migrateDatabase(owner, { folders })).applied.length, 1)
  })

  test('a run that was killed in the middle does not lock out the next one', async () => {
    await owner('extension_migrations_lock').update({ is_locked: 1 })
    await add(extensions, '0004_after.ts', 'expand', 'create table after_kill (id int)')
    assert.equal((await migrateDatabase(owner, { folders })).applied.length, 1)
  })

  test('a migration without a kind, and an expand one that drops, are refused by name', async () => {
    await add(extensions, '0005_lies.ts', 'expand', 'alter table ext_projects drop column name')
    await assert.rejects(migrateDatabase(owner, { folders }), /0005_lies\.ts .*contract/)
    await rm(join(extensions, '0005_lies.ts'))
    await writeFile(join(extensions, '0006_mute.ts'), 'export const up = () => {}\n')
    await assert.rejects(
      migrateDatabase(owner, { folders }),
      /0006_mute\.ts must export const kind/,
    )
  })
})

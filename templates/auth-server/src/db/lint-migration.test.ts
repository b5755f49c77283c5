import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintMigration } from './lint-migration.ts'

const lint = (source: string, kind: 'expand' | 'contract' = 'expand') =>
  lintMigration('1_x.ts', kind, source)

test('what breaks the previous version must say contract', () => {
  for (const statement of [
    'alter table users drop column phone',
    'DROP TABLE old',
    'alter table a rename to b',
    'alter table a alter column b type int',
    'alter table a alter column b set not null',
    "t.dropColumn('phone')",
    "knex.schema.dropTableIfExists('x')",
  ]) {
    assert.equal(lint(statement).length, 1, statement)
    assert.equal(lint(statement, 'contract').length, 0, statement)
  }
})

test('adding is expanding', () => {
  assert.deepEqual(lint('create table a (b int not null); create index on a (b)'), [])
  assert.deepEqual(lint('alter table a drop constraint b'), [])
})

test('select * is refused in both kinds', () => {
  assert.equal(lint('insert into a select * from b', 'contract').length, 1)
  assert.deepEqual(lint('select count(*) from a'), [])
})

test('the undo that knex users are used to write is not held against them', () => {
  const source = `export async function up(knex) { await knex.schema.createTable('a', f) }
    export async function down(knex) { await knex.schema.dropTable('a') }`
  assert.deepEqual(lint(source), [])
})

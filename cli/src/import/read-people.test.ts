import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { batches } from './batches.ts'
import { detectFormat } from './detect-format.ts'
import type { Entry, Format } from './person.ts'
import { readPeople } from './read-people.ts'
import { scanFile } from './scan-file.ts'

const bcrypt = '$2b$10$eApMKv9hRhaCMtRQgahIq.mlVCGSbbzyfKYLidj03JbbrmdNYvWZe'

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'as-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}

async function read(content: string, fields: string[] = [], format?: Format) {
  const path = file(content)
  const detected = await detectFormat(path, format)
  const entries: Entry[] = []
  for await (const entry of readPeople(path, detected, fields)) entries.push(entry)
  return { format: detected.format, entries }
}

describe('CSV', () => {
  test('finds the columns however they are spelled, and the sign-up fields of the project', async () => {
    const { format, entries } = await read(
      [
        '\uFEFFE-Mail,First Name,last_name,Email Verified,password-hash,Created At,company,Organization,Role',
        `ada@example.com,Ada,"Lovelace, Countess",yes,${bcrypt},1700000000,Analytical,acme,admin`,
        '',
        'ben@example.com,,,no,,,,,',
      ].join('\r\n'),
      ['company'],
    )
    expect(format).toBe('csv')
    expect(entries).toEqual([
      {
        line: 2,
        person: {
          email: 'ada@example.com',
          emailVerified: true,
          firstName: 'Ada',
          lastName: 'Lovelace, Countess',
          createdAt: '2023-11-14T22:13:20.000Z',
          password: { hash: bcrypt },
          fields: { company: 'Analytical' },
          organization: 'acme',
          role: 'admin',
        },
      },
      { line: 4, person: { email: 'ben@example.com', emailVerified: false } },
    ])
  })

  test('a faulty line is named by its number, and the others come in', async () => {
    const { entries } = await read(
      'email,name\na@x.io,A\nb@x.io,B,too,many\n,Nobody\nA@X.io,Again\nc@x.io,C\n',
    )
    expect(
      entries
        .toSorted((a, b) => a.line - b.line)
        .map((entry) =>
          'person' in entry
            ? entry.person.email
            : `${entry.line}: ${'fault' in entry && entry.fault}`,
        ),
    ).toEqual([
      'a@x.io',
      '3: The line has more or fewer columns than the first',
      '4: There is no email address',
      '5: The same address as line 2',
      'c@x.io',
    ])
  })

  test('a quotation mark that is never closed is a fault, not the end in silence', async () => {
    const { entries } = await read('email,name\na@x.io,A\n"b@x.io,B\nc@x.io,C\n')
    expect(entries[0]).toMatchObject({ person: { email: 'a@x.io' } })
    expect(entries.at(-1)).toMatchObject({ fault: expect.stringContaining('quotation mark') })
  })

  test('columns that nobody reads are told', async () => {
    const path = file('email,shoe size,company\na@x.io,43,X\n')
    expect((await scanFile(path, undefined, ['company'])).unread).toEqual(['shoe size'])
  })
})

describe('JSON lines', () => {
  test('take names, a hash and the fields as an object', async () => {
    const { format, entries } = await read(
      `{"email":"ada@example.com","name":"Ada King","passwordHash":"${bcrypt}","fields":{"company":"X"}}\n\nnot json\n`,
    )
    expect(format).toBe('jsonl')
    expect(entries).toEqual([
      {
        line: 1,
        person: {
          email: 'ada@example.com',
          firstName: 'Ada',
          lastName: 'King',
          password: { hash: bcrypt },
          fields: { company: 'X' },
        },
      },
      { line: 3, fault: 'The line is not a JSON object' },
    ])
  })

  test('no fault repeats a part of a line: it may hold a hash', async () => {
    const { entries } = await read(
      `{"email":"a@x.io"}\n{"email":"b@x.io","passwordHash":"${bcrypt}"\n`,
    )
    expect(JSON.stringify(entries)).not.toContain('$2b$')
  })
})

test('a Keycloak realm export gives its passwords, and no service accounts', async () => {
  const password = {
    type: 'password',
    secretData: '{"value":"aGFzaA==","salt":"c2FsdA==","additionalParameters":{}}',
    credentialData:
      '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
  }
  const realm = {
    realm: 'old',
    users: [
      {
        username: 'ada',
        email: 'ada@example.com',
        emailVerified: true,
        enabled: false,
        firstName: 'Ada',
        createdTimestamp: 1_700_000_000_000,
        attributes: { company: ['X'], other: ['y'] },
        credentials: [{ type: 'otp', secretData: '{}' }, password],
      },
      { username: 'service-account-x', serviceAccountClientId: 'x' },
      { username: 'ben@example.com', enabled: true, credentials: [] },
      { username: 'nameless' },
    ],
  }
  for (const text of [JSON.stringify(realm), JSON.stringify(realm, null, 2)]) {
    const { format, entries } = await read(text, ['company'])
    expect(format).toBe('keycloak')
    expect(entries).toEqual([
      {
        line: 1,
        person: {
          email: 'ada@example.com',
          emailVerified: true,
          enabled: false,
          firstName: 'Ada',
          createdAt: '2023-11-14T22:13:20.000Z',
          fields: { company: 'X' },
          password: {
            algorithm: 'pbkdf2-sha256',
            hashIterations: 27500,
            value: 'aGFzaA==',
            salt: 'c2FsdA==',
            additionalParameters: {},
          },
        },
      },
      { line: 2, skip: 'a service account' },
      { line: 3, person: { email: 'ben@example.com', enabled: true } },
      { line: 4, fault: 'There is no email address' },
    ])
  }
})

describe('Auth0', () => {
  test('the hash export of their support, with the address where older users have it', async () => {
    const { format, entries } = await read(
      [
        `{"_id":{"$oid":"5dea"},"email_verified":true,"email":"ada@example.com","passwordHash":"${bcrypt}","tenant":"t","_tmp_is_unique":true}`,
        `{"_id":{"$oid":"5deb"},"passwordHash":"${bcrypt}","tenant":"t","identifiers":[{"type":"email","value":"ben@example.com","verified":false}]}`,
      ].join('\n'),
    )
    expect(format).toBe('auth0')
    expect(entries).toEqual([
      {
        line: 1,
        person: { email: 'ada@example.com', emailVerified: true, password: { hash: bcrypt } },
      },
      {
        line: 2,
        person: { email: 'ben@example.com', emailVerified: false, password: { hash: bcrypt } },
      },
    ])
  })

  test('the bulk export and their own import form', async () => {
    const bulk = await read(
      '{"user_id":"auth0|1","email":"ada@example.com","email_verified":true,"name":"ada@example.com","given_name":"Ada","blocked":true,"created_at":"2020-01-02T03:04:05.000Z"}\n',
    )
    expect(bulk.format).toBe('auth0')
    expect(bulk.entries).toEqual([
      {
        line: 1,
        person: {
          email: 'ada@example.com',
          emailVerified: true,
          firstName: 'Ada',
          enabled: false,
          createdAt: '2020-01-02T03:04:05.000Z',
        },
      },
    ])
    const own = await read(
      `[{"email":"ada@example.com","custom_password_hash":{"algorithm":"bcrypt","hash":{"value":"${bcrypt}"}}}]`,
    )
    expect(own.entries).toEqual([
      { line: 1, person: { email: 'ada@example.com', password: { hash: bcrypt } } },
    ])
  })
})

describe('Clerk', () => {
  const head =
    'id,first_name,last_name,username,primary_email_address,verified_email_addresses,unverified_email_addresses,password_digest,password_hasher'
  test('the CSV of the dashboard: verified is who stands among the verified', async () => {
    const { format, entries } = await read(
      `${head}\nuser_1,Ada,L,,ada@example.com,ada@example.com other@example.com,,${bcrypt},bcrypt\nuser_2,,,,ben@example.com,,ben@example.com,,\n`,
    )
    expect(format).toBe('clerk')
    expect(entries).toEqual([
      {
        line: 2,
        person: {
          email: 'ada@example.com',
          emailVerified: true,
          firstName: 'Ada',
          lastName: 'L',
          password: { hash: bcrypt },
        },
      },
      { line: 3, person: { email: 'ben@example.com', emailVerified: false } },
    ])
  })

  test('a bcrypt text under another hasher is not taken for bcrypt', async () => {
    const { entries } = await read(`${head}\nuser_1,,,,a@x.io,a@x.io,,${bcrypt},bcrypt_peppered\n`)
    expect(entries[0]).toMatchObject({
      person: { password: { hash: `bcrypt_peppered:${bcrypt}` } },
    })
  })
})

test('what is no list of people is refused with a code', async () => {
  for (const content of ['just words\n', '', '{"a": 1,\n']) {
    const reading = read(content).then(({ entries }) => entries)
    await expect(reading).rejects.toThrow()
  }
  await expect(detectFormat('/nowhere/at-all.csv')).rejects.toMatchObject({
    code: 'import_file_unreadable',
  })
})

test('a batch fits the route: 100 people, 80 KB, and goes on behind those who are in', async () => {
  async function* entries(): AsyncGenerator<Entry> {
    for (let line = 1; line <= 250; line++) yield { line, person: { email: `p${line}@x.io` } }
    for (let line = 251; line <= 253; line++) {
      yield { line, person: { email: `p${line}@x.io`, firstName: 'x'.repeat(50_000) } }
    }
  }
  const sizes: number[] = []
  const firsts: number[] = []
  for await (const batch of batches(entries(), 100)) {
    sizes.push(batch.length)
    firsts.push(batch[0]?.line ?? 0)
  }
  expect(sizes).toEqual([100, 51, 1, 1])
  expect(firsts[0]).toBe(101)
})

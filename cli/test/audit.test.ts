import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'
import { type Call, startStandIn } from './stand-in.ts'

const acme = '11111111-1111-4111-8111-111111111111'
const operators = '00000000-0000-0000-0000-000000000000'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const signed = (value: object) =>
  sign(null, Buffer.from(String(canonicalize(value))), privateKey).toString('base64')

type Link = Awaited<ReturnType<typeof makeChain>>[number]

/** A chain as an instance makes it, in batches of two. */
function makeChain(chain: string, count: number) {
  let hash = sha256(`authstack-audit-v1|live|${chain}`)
  return Array.from({ length: count }, (_, n) => {
    const seq = n + 1
    const sealed = Buffer.from(`sealed-${seq}`)
    const event = {
      id: `22222222-2222-4222-8222-${String(seq).padStart(12, '0')}`,
      action: 'member.removed',
      actorKind: 'user',
      actorId: acme,
      targetKind: null,
      targetId: null,
      requestId: null,
      data: { n: seq, at: [1.5, 'é'] },
      createdAt: `2026-11-25T01:02:03.${String(seq).padStart(6, '0')}Z`,
    }
    const link = { chain, seq, previousHash: hash, sealedHash: sha256(sealed), event }
    hash = sha256(String(canonicalize({ v: 1, ...link })))
    const head = { kind: 'head', mode: 'live', chain, seq, hash }
    const isLast = seq % 2 === 0 || seq === count
    return {
      ...link,
      hash,
      sealed: sealed.toString('base64'),
      signature: isLast ? signed(head) : null,
      chainedAt: event.createdAt,
      personal: seq === 1 ? { ip: '203.0.113.9', userAgent: '=cmd|"calc"!A1' } : null,
    }
  })
}

const trail = { id: acme, organization: { slug: 'acme', name: 'Acme' } }

function exportRoute(links: Link[], { query }: Call) {
  const after = Number(query.after)
  const limit = 2
  const rest = links.filter(({ seq }) => seq > after)
  return {
    body: {
      mode: 'live',
      trail,
      publicKey: pem,
      checkpoint: null,
      data: rest.slice(0, limit),
      hasMore: rest.length > limit,
    },
  }
}

describe('audit export', () => {
  test('follows the pages; the file verifies without the instance and is its owner’s alone', async () => {
    const links = makeChain(acme, 5)
    const instance = await startStandIn((call) => exportRoute(links, call))
    const at = { cwd: instance.project, env: instance.env }
    const flags = ['--organization', 'acme', '--output', 'acme.ndjson']
    const outcome = await runCli(['audit', 'export', ...flags, '--json'], at)
    expect(outcome.json, outcome.stderr).toEqual({
      file: 'acme.ndjson',
      format: 'ndjson',
      events: 5,
    })
    expect(instance.calls.map(({ query }) => query.after)).toEqual(['0', '2', '4'])
    expect(instance.calls[0]?.query.organization).toBe('acme')
    const file = join(instance.project, 'acme.ndjson')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const verified = await runCli(['audit', 'verify', '--file', file, '--json'], {
      cwd: tempFolder(),
    })
    expect(verified.json).toMatchObject({
      isWhole: true,
      trails: [{ checked: 5, head: { seq: 5, hash: links[4]?.hash }, faults: [] }],
    })
    expect(verified.code).toBe(0)
    const again = await runCli(['audit', 'export', ...flags], at)
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('There is a file with this name already.')
  })

  test('CSV: what a user agent says stays text in a spreadsheet', async () => {
    const instance = await startStandIn((call) => exportRoute(makeChain(acme, 1), call))
    const outcome = await runCli(['audit', 'export', '--format', 'csv'], {
      cwd: instance.project,
      env: instance.env,
    })
    expect(outcome.stdout.split('\n')[1]).toContain(`203.0.113.9,"'=cmd|""calc""!A1"`)
  })

  test('--json without --output is exit 2: two documents do not share stdout', async () => {
    const instance = await startStandIn(() => ({ body: {} }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['audit', 'export', '--json'], at)
    expect([outcome.code, outcome.json.error.code]).toEqual([2, 'output_missing'])
    expect(instance.calls).toEqual([])
  })
})

describe('audit verify --file', () => {
  const header = {
    type: 'authstack.audit/v1',
    mode: 'live',
    trail,
    publicKey: pem,
    checkpoint: null as object | null,
    exportedAt: '2026-11-25T00:00:00.000Z',
  }
  async function verify(links: object[], head: object = header, more: string[] = []) {
    const folder = tempFolder()
    const file = join(folder, 'trail.ndjson')
    writeFileSync(file, [head, ...links].map((line) => JSON.stringify(line)).join('\n'))
    const outcome = await runCli(['audit', 'verify', '--file', file, '--json', ...more], {
      cwd: folder,
    })
    const kinds = outcome.json.trails?.[0].faults.map(
      ({ kind, seq }: { kind: string; seq: number | null }) => `${kind} ${seq ?? '-'}`,
    )
    return { code: outcome.code, kinds }
  }
  const edit = (links: Link[], seq: number, change: object) =>
    links.map((link) => (link.seq === seq ? { ...link, ...change } : link))

  test('names what broke, and is exit 1', async () => {
    const links = makeChain(acme, 6)
    const third = links[2] as Link
    const cases: [string, object[], string[]][] = [
      ['edited', edit(links, 3, { event: { ...third.event, data: {} } }), ['event_edited 3']],
      ['deleted', edit(links, 3, { event: null }), ['event_missing 3']],
      ['cut out', links.filter(({ seq }) => seq !== 3), ['links_missing 4']],
      ['sealed', edit(links, 3, { sealed: 'AAAA' }), ['personal_data_edited 3']],
      ['signature', edit(links, 4, { signature: links[5]?.signature }), ['signature_invalid 4']],
      ['no end', links.slice(0, 5), ['tail_missing -']],
    ]
    for (const [name, changed, kinds] of cases) {
      expect(await verify(changed), name).toEqual({ code: 1, kinds })
    }
  })

  test('swapped events and a chain of another organization do not pass', async () => {
    const links = makeChain(acme, 4)
    const swapped = [
      links[0],
      { ...links[1], event: links[2]?.event },
      { ...links[2], event: links[1]?.event },
      links[3],
    ]
    expect((await verify(swapped as object[])).kinds).toEqual(['event_edited 2', 'event_edited 3'])
    const foreign = await verify(makeChain(operators, 2))
    expect(foreign.code).toBe(1)
    expect(foreign.kinds).toContain('chain_broken 1')
  })

  test('begins at a signed checkpoint, and at no other', async () => {
    const links = makeChain(acme, 4)
    const facts = { seq: 2, hash: String(links[1]?.hash), cutBefore: '2026-01-01T00:00:00.000Z' }
    const signature = signed({ kind: 'checkpoint', mode: 'live', chain: acme, ...facts })
    const rest = links.slice(2)
    const whole = await verify(rest, { ...header, checkpoint: { ...facts, signature } })
    expect(whole).toEqual({ code: 0, kinds: [] })
    const forged = await verify(rest, {
      ...header,
      checkpoint: { ...facts, cutBefore: '2026-02-01T00:00:00.000Z', signature },
    })
    expect(forged.kinds).toEqual(['checkpoint_invalid -', 'links_missing 3'])
    expect((await verify(rest)).kinds).toEqual(['links_missing 3'])
  })

  test('an end that was written down before must still be there', async () => {
    const links = makeChain(acme, 4)
    const folder = tempFolder()
    const heads = (seq: number, hash: string) =>
      writeFileSync(
        join(folder, 'trails.json'),
        JSON.stringify({
          publicKey: pem,
          data: [{ id: acme, head: { seq, hash, signature: '' } }],
        }),
      )
    heads(4, String(links[3]?.hash))
    expect((await verify(links, header, ['--heads', folder])).code).toBe(0)
    expect((await verify(links.slice(0, 2), header, ['--heads', folder])).kinds).toEqual([
      'tail_missing -',
    ])
    heads(2, sha256('another'))
    expect((await verify(links, header, ['--heads', folder])).kinds).toEqual(['chain_broken -'])
  })

  test('a file that is no export says so', async () => {
    const file = join(tempFolder(), 'x.csv')
    writeFileSync(file, 'seq,createdAt\n1,2\n')
    const outcome = await runCli(['audit', 'verify', '--file', file, '--json'], {
      cwd: tempFolder(),
    })
    expect([outcome.code, outcome.json.error.code]).toEqual([1, 'not_an_export'])
  })
})

describe('audit verify and evidence, with the instance', () => {
  const links = makeChain(acme, 4)
  const whole = {
    trail,
    isWhole: true,
    checked: 4,
    head: { seq: 4, hash: links[3]?.hash },
    faults: [],
  }
  const trails = {
    publicKey: pem,
    data: [
      {
        ...trail,
        head: { seq: 4, hash: links[3]?.hash, signature: links[3]?.signature },
        checkpoint: null,
        retentionDays: 365,
      },
    ],
  }
  const key = { id: 'k', kind: 'browser', key: 'ask_live_plain', scopes: [] }
  const member = {
    userId: acme,
    email: 'ada@example.com',
    role: 'owner',
    status: 'active',
    joinedAt: '2026-11-01T00:00:00.000Z',
  }
  const page = { nextCursor: null, hasMore: false }
  const answer = (call: Call) => {
    if (call.path === '/audit/trails') return { body: trails }
    if (call.path === '/audit/verify') return { body: whole }
    if (call.path === '/audit/export') return exportRoute(links, call)
    if (call.path === '/keys') return { body: { data: [key], page } }
    if (call.path === '/organizations')
      return { body: { data: [{ id: acme, slug: 'acme' }], page } }
    if (call.path === '/access') return { body: { data: [member], page } }
    return { status: 404, body: { code: 'not_found' } }
  }

  test('verify goes through every trail; a broken one is exit 1 with what broke', async () => {
    const faults = [{ kind: 'event_edited', seq: 3, eventId: null, message: 'Edited.' }]
    let isBroken = false
    const instance = await startStandIn((call) =>
      call.path === '/audit/verify' && isBroken
        ? { body: { ...whole, isWhole: false, faults } }
        : answer(call),
    )
    const at = { cwd: instance.project, env: instance.env }
    const fine = await runCli(['audit', 'verify'], at)
    expect([fine.code, fine.stdout]).toEqual([0, expect.stringContaining('acme  4 checked')])
    isBroken = true
    const broken = await runCli(['audit', 'verify'], at)
    expect(broken.code).toBe(1)
    expect(broken.stdout).toContain('Edited. (event_edited)')
  })

  test('evidence is a folder with sums, no key in it, and a later check compares with it', async () => {
    let isCut = false
    const instance = await startStandIn((call) => {
      if (isCut && call.path === '/audit/verify')
        return { body: { ...whole, checked: 2, head: { seq: 2, hash: links[1]?.hash } } }
      return answer(call)
    })
    const at = { cwd: instance.project, env: instance.env }
    const made = await runCli(['audit', 'evidence', '--output', 'e', '--with-events'], at)
    expect(made.code, made.stderr).toBe(0)
    const folder = join(instance.project, 'e')
    const files = readdirSync(folder)
    for (const name of ['settings.json', 'roles.json', 'keys.json', 'access.csv', 'SHA256SUMS'])
      expect(files).toContain(name)
    expect(readFileSync(join(folder, 'access.csv'), 'utf8')).toContain('acme,')
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain('ask_live_plain')
    for (const line of readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trim().split('\n')) {
      const [sum, name] = line.split('  ')
      expect(sha256(readFileSync(join(folder, String(name))))).toBe(sum)
    }
    isCut = true
    const later = await runCli(['audit', 'verify', '--heads', 'e', '--json'], at)
    expect([later.code, later.json.trails[0].faults[0].kind]).toEqual([1, 'tail_missing'])
    const twice = await runCli(['audit', 'evidence', '--output', 'e', '--json'], at)
    expect(twice.json.error.code).toBe('evidence_exists')
  })

  test('list sends what narrows it; a date that is none calls nothing', async () => {
    const instance = await startStandIn(() => ({ body: { data: [], page } }))
    const at = { cwd: instance.project, env: instance.env }
    const flags = ['--organization', 'acme', '--action', 'member.*', '--from', '2026-11-01']
    await runCli(['audit', 'list', ...flags], at)
    expect(instance.calls[0]).toMatchObject({
      path: '/audit/events',
      query: { organization: 'acme', action: 'member.*', from: '2026-11-01T00:00:00.000Z' },
    })
    const wrong = await runCli(['audit', 'list', '--from', 'yesterday', '--json'], at)
    expect([wrong.code, wrong.json.error.code]).toEqual([2, 'date_invalid'])
    expect(instance.calls).toHaveLength(1)
  })
})

describe('users export and erase', () => {
  const user = { id: acme, email: 'ada@example.com', name: 'Ada', createdAt: '2026-11-01' }

  test('export writes the document to a file of its owner', async () => {
    const instance = await startStandIn(() => ({ body: { profile: user } }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['users', 'export', user.email, '--output', 'ada.json'], at)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(instance.calls[0]?.path).toBe(`/users/${user.email}/export`)
    const file = join(instance.project, 'ada.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ profile: user })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('erase sends the address again, asks before, and passes on who refuses', async () => {
    const refusal = { code: 'last_owner', detail: 'The last owner of "acme".' }
    let isRefused = false
    const instance = await startStandIn(({ method }) => {
      if (method === 'GET') return { body: user }
      return isRefused
        ? { status: 409, body: refusal }
        : { body: { userId: acme, status: 'erased', organizations: [] } }
    })
    const at = { cwd: instance.project, env: instance.env }
    const unasked = await runCli(['users', 'erase', user.email], at)
    expect(unasked.code).toBe(2)
    expect(instance.calls.filter(({ method }) => method === 'POST')).toEqual([])
    const done = await runCli(['users', 'erase', 'Ada@example.com', '--yes', '--json'], at)
    expect(done.json.status).toBe('erased')
    expect(instance.calls.at(-1)).toMatchObject({
      method: 'POST',
      path: `/users/${user.email}/erase`,
      body: { email: user.email },
    })
    isRefused = true
    const refused = await runCli(['users', 'erase', user.email, '--yes'], at)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('"acme"')])
  })
})

import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeJsonAtomic } from '../machine/write-atomic.ts'
import { choosePort, choosePorts, isPortFree } from './claim-ports.ts'

it('gives two projects ports of their own, also while neither runs', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ports-'))
  const first = await choosePorts(root, null, 4670)
  writeJsonAtomic(join(root, 'one/local/instance.json'), { ports: first })
  const second = await choosePorts(root, null, 4670)
  const all = [...Object.values(first), ...Object.values(second)]
  expect(new Set(all).size).toBe(14)
})

it('goes round what another program uses, and takes the front port that the settings fix', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ports-'))
  const { redis } = await choosePorts(root, null, 4680)
  const other = createServer()
  await new Promise<void>((done) => other.listen(redis, '127.0.0.1', done))
  expect(await isPortFree(redis)).toBe(false)
  const ports = await choosePorts(root, 4699, 4680)
  expect(Object.values(ports)).not.toContain(redis)
  expect(ports.front).toBe(4699)
  other.close()
})

it('moves several ports of one instance at once to different places', async () => {
  // Seen: mailbox and smtp both on 4318, because the file on disk did not tell of the first move yet.
  const root = mkdtempSync(join(tmpdir(), 'ports-'))
  const own: number[] = []
  for (let moved = 0; moved < 3; moved++) own.push(await choosePort(root, own))
  expect(new Set(own).size).toBe(3)
})

it('says which range was tried, and how to give another, when no port is free', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ports-'))
  const ports = Object.fromEntries([...Array(10)].map((_, index) => [index, 9980 + index]))
  writeJsonAtomic(join(root, 'one/local/instance.json'), { ports })
  const shortage = choosePorts(root, null, 9980)
  await expect(shortage).rejects.toMatchObject({ code: 'no_free_ports', exitCode: 5 })
  await expect(shortage).rejects.toMatchObject({
    why: expect.stringContaining('9980 to 9990'),
    next: [expect.stringContaining('AUTHSTACK_PORT_BASE'), expect.anything()],
  })
})

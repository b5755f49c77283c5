import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import express from 'express'
import { builtClient } from './app.ts'

// Express refuses absolute paths through a folder such as `.demo` or `~/.local`: the app had no pages there.
test('serves its pages also from below a folder that begins with a dot', async () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'app-'))
  const dist = path.join(scratch, '.hidden', 'dist')
  mkdirSync(dist, { recursive: true })
  writeFileSync(path.join(dist, 'index.html'), '<title>Waypoint</title>')
  const app = express()
  for (const handler of builtClient(dist)) app.use(handler)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const answer = await fetch(`http://127.0.0.1:${port}/team`)
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /Waypoint/)
  } finally {
    server.close()
    server.closeAllConnections()
    rmSync(scratch, { recursive: true, force: true })
  }
})

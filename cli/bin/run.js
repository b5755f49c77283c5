#!/usr/bin/env node
import nodeModule from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `x Node ${process.version} is too old for authstack.\n  It needs 22.18 or newer.\n  -> Install Node 24 (LTS) and run the command again.\n`,
  )
  process.exit(2)
}
nodeModule.enableCompileCache?.()
const { main } = await import('../dist/main.js')
await main(new URL('..', import.meta.url), process.argv.slice(2))

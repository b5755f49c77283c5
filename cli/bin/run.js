#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

enableCompileCache?.()
const { main } = await import('../dist/main.js')
await main(new URL('..', import.meta.url), process.argv.slice(2))

import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, expect, it } from 'vitest'
import { processMemory } from './process-memory.ts'

const MEBIBYTE = 1024 ** 2
/** Held by the grandchild alone, so that only who walks the whole tree can see it. */
const HELD = 60 * MEBIBYTE
const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.stdin?.end()
})

/** A process that ends when its stdin does; `script` runs first. */
async function start(script: string): Promise<number> {
  const rest = "process.stdin.resume().on('end', () => process.exit())"
  const child = spawn(process.execPath, ['-e', `${script}; ${rest}`], { stdio: 'pipe' })
  started.push(child)
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('error', reject)
  })
  return child.pid as number
}

const say = "console.log('up')"

/** Hands its stdin and stdout on, so that the last one says `up` and all end together. */
const parentOf = (script: string) =>
  `const { spawn } = require('node:child_process')
   spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' })
     .on('exit', () => process.exit())
   setInterval(() => {}, 1000)`

it('counts a process with its children and their children', async () => {
  const holds = `globalThis.held = Buffer.alloc(${HELD}, 1); ${say}; process.stdin.resume().on('end', () => process.exit())`
  const alone = processMemory(await start(say))
  const tree = spawn(process.execPath, ['-e', parentOf(parentOf(holds))], { stdio: 'pipe' })
  started.push(tree)
  await new Promise((resolve) => tree.stdout.once('data', resolve))
  const all = processMemory(tree.pid as number)
  expect(alone).toBeGreaterThan(5 * MEBIBYTE)
  expect(all).toBeGreaterThan(HELD + (alone ?? 0))
  // Each of three bare Nodes is at most what one alone is, plus some slack: nothing is counted twice.
  expect(all).toBeLessThan(HELD + 3 * (alone ?? 0) + 60 * MEBIBYTE)
})

it('is null for a process that is not there', async () => {
  const child = spawn(process.execPath, ['-e', '0'])
  await new Promise((resolve) => child.once('close', resolve))
  expect(processMemory(child.pid as number)).toBeNull()
})

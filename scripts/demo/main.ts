import { parseArgs } from 'node:util'
import { say, sayError } from '../lib/terminal.ts'
import { demo } from './demo.ts'
import { printDemo } from './print-demo.ts'
import { stopDemo } from './stop-demo.ts'

const usage = `Usage: bin/demo [--json]    show AuthStack on this computer
       bin/demo stop        end all it started; data stays

  --json   last line: one JSON object with addresses, keys and sign-ins
  AUTHSTACK_DEMO_DIR   where the demo's project lies (default .demo/ in this clone)`

process.exitCode = await run()

async function run(): Promise<number> {
  const options = readOptions()
  if (options === null) return 2
  if (options.help) {
    say(usage)
    return 0
  }
  try {
    if (options.stop) await stopDemo()
    else printDemo(await demo(), options)
    return 0
  } catch (error) {
    sayError(error)
    return 1
  }
}

function readOptions(): { json: boolean; help: boolean; stop: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (positionals.length > 1 || (positionals[0] && positionals[0] !== 'stop')) {
      throw new Error(`bin/demo knows no '${positionals.join(' ')}'.`)
    }
    return { json: !!values.json, help: !!values.help, stop: positionals[0] === 'stop' }
  } catch (error) {
    say((error as Error).message)
    say(usage)
    return null
  }
}

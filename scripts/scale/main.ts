import { parseArgs } from 'node:util'
import { writeSection } from '../bench/write-section.ts'
import { say, sayDone, sayError } from '../lib/terminal.ts'
import { unusableFor } from './find-knee.ts'
import { Growth } from './grow.ts'
import { measureSize, type SizeFigures } from './measure-size.ts'
import { makeOwnProject } from './own-project.ts'
import { scalePage } from './scale-page.ts'

const isFull = process.env.AUTHSTACK_FULL === '1'
const usual = isFull ? '10,50,100,200,500' : '5'

const usage = `Usage: node scripts/scale/main.ts [--sizes 10,50,100,200,500,750,1000] [--write]

  How many organizations one instance carries: grows one and measures it at each size, until a size is
  not usable any more. About a second an organization. --write puts the table into docs/benchmarks.md.`

process.exitCode = await main()

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null) return 2
  const project = await makeOwnProject()
  const interrupted = () => {
    project.end()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const sizes: SizeFigures[] = []
  let stopped: string | null = null
  try {
    const growth = new Growth(project)
    for (const organizations of options.sizes) {
      const started = performance.now()
      const figures = await measureSize(project, growth, organizations)
      sizes.push(figures)
      sayDone(JSON.stringify(figures), (performance.now() - started) / 1000)
      stopped = unusableFor(figures)
      if (stopped) break
    }
  } catch (error) {
    sayError(error)
    stopped = String((error as Error).message).split('\n')[0] ?? 'it failed'
  } finally {
    project.end()
  }
  const page = scalePage(sizes, stopped)
  process.stdout.write(page)
  if (options.write) writeSection('scale', options.command, page)
  // A size that was asked for and is not usable is a failed check.
  return stopped ? 1 : 0
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        sizes: { type: 'string', default: usual },
        write: { type: 'boolean', default: isFull },
      },
    })
    const sizes = values.sizes.split(',').map(Number)
    const rises = sizes.every((size, at) => size > (sizes[at - 1] ?? 0) && Number.isInteger(size))
    if (!rises) throw new Error(`--sizes takes rising whole numbers, not ${values.sizes}`)
    const command = `node scripts/scale/main.ts --sizes ${values.sizes} --write`
    return { sizes, write: values.write, command }
  } catch (error) {
    say((error as Error).message)
    say(usage)
    return null
  }
}

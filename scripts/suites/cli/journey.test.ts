import { after, before, describe } from 'node:test'
import { makeSandbox, type Sandbox } from '../lib/authstack.ts'
import { endSandbox } from '../lib/end-sandbox.ts'
import { barrierTests } from './parts/barrier.ts'
import { devTests } from './parts/dev.ts'
import { everyCommandTests } from './parts/every-command.ts'
import { faultTests } from './parts/faults.ts'
import { firstDeployTests } from './parts/first-deploy.ts'
import { initTests } from './parts/init.ts'
import { Project } from './parts/project.ts'
import { rollbackTests } from './parts/rollback.ts'
import { secondProjectTests } from './parts/second-project.ts'
import { secondVersionTests } from './parts/second-version.ts'

/**
 * One story, told in order on real parts: each chapter starts from what the one before left.
 * A folder of its own holds all state, and nothing of it outlives the run.
 */
const box: Sandbox = makeSandbox()
const first = new Project(box, 'acme-auth')
const second = new Project(box, 'second-auth')

describe('the journey of the CLI', () => {
  before(() => process.stdout.write(`# sandbox ${box.folder}\n`))
  after(async () => {
    for (const project of [first, second]) {
      await project.run(['stop'], 60).catch(() => undefined)
    }
    endSandbox(box)
  })
  initTests(first)
  firstDeployTests(first)
  secondVersionTests(first)
  devTests(first)
  everyCommandTests(first)
  rollbackTests(first)
  barrierTests(first)
  secondProjectTests(first, second)
  faultTests(second)
})

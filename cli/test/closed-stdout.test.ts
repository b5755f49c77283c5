import { expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'

// It ended with 13 and a warning of Node's: what was written waited for a reader that had gone.
test('a reader that has enough (`| head -1`) is no failure', async () => {
  const outcome = await runCli(['ui-kit'], {
    cwd: tempFolder(),
    onStart: (child) => child.stdout?.destroy(),
  })
  expect(outcome.code, outcome.stderr).toBe(0)
  expect(outcome.stderr).not.toContain('unsettled')
})

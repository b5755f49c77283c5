import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    globalSetup: ['test/build.ts'],
    testTimeout: 30_000,
    // Two cores; the spawned CLIs need them more than the runner does.
    maxWorkers: 2,
  },
})
